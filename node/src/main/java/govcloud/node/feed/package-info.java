/** The journal as others may see it: a live feed of events, and the history of one entity. */
package govcloud.node.feed;
