/** The slice journal's tables in Cassandra: settings, session, statements. */
package govcloud.journal.cassandra;
