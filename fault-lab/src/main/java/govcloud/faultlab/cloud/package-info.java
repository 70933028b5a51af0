/**
 * The cloud under test, three Cassandras and three nodes as they run in production, and its
 * sibling.
 */
package govcloud.faultlab.cloud;
