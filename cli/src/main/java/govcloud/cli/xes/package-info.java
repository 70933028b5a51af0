/**
 * Event logs in IEEE XES: read and written as streams, turned into cases and back by pure
 * functions.
 */
package govcloud.cli.xes;
