/** Which segments of an archive hold what, as far as their statements tell. */
package govcloud.recovery.index;
