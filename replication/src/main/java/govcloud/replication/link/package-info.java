/** The wire between two sibling clouds: HTTPS on which each side knows the other's certificate. */
package govcloud.replication.link;
