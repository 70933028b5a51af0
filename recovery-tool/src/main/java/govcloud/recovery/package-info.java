/** Rebuilds a lost cloud from its sibling's archive, and proves it. */
package govcloud.recovery;
