/** Rented apps: their lists and pages. */
package govcloud.node.app;
