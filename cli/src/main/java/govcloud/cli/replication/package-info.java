/** {@code govcloud replication}: what reaches the sibling cloud, and the daily cut. */
package govcloud.cli.replication;
