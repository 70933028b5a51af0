/** The page on which people in the room see how a recovery goes; served by the tool itself. */
package govcloud.recovery.page;
