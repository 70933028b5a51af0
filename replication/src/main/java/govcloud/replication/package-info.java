/** The log on its way to the sibling cloud: sealed, signed and provably complete. */
package govcloud.replication;
