/** What the sibling kept of the lost cloud, and up to where it is taken. */
package govcloud.recovery.replica;
