/** Brings the tables of Cassandra to the state this version needs, once, whoever starts first. */
package govcloud.journal.schema;
