/**
 * What becomes of a site that was given up: it finds out, changes nothing more, and lists what is
 * left on it.
 */
package govcloud.node.replication.site;
