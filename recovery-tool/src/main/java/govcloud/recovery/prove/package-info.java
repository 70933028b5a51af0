/** Reads what was restored by another way and compares it with the archive. */
package govcloud.recovery.prove;
