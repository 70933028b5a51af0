/** What the sibling's archive holds, read as a recovery would, and not as it was shipped. */
package govcloud.faultlab.replica;
