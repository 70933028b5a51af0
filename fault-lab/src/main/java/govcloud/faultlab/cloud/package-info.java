/** The cloud under test: three Cassandras and three nodes as they run in production. */
package govcloud.faultlab.cloud;
