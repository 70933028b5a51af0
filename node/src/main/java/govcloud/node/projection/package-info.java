/**
 * Read models: how tables are kept up with the journal, how far they are, and how lists are paged.
 */
package govcloud.node.projection;
