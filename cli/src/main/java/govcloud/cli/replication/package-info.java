/** {@code govcloud replication}: how far the sibling cloud is, and the daily cut. */
package govcloud.cli.replication;
