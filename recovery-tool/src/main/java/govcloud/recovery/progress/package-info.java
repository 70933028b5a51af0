/** How far a recovery is, and when it will be done. */
package govcloud.recovery.progress;
