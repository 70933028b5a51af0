/** What can still be saved of a damaged replica. */
package govcloud.recovery.salvage;
