/** Brings rows into a Cassandra of this machine as files, without its commit log and memory. */
package govcloud.recovery.sstable;
