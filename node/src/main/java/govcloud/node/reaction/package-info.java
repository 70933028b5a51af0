/** What Govcloud does by itself after something has happened: commands that follow from events. */
package govcloud.node.reaction;
