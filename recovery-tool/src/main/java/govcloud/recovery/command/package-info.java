/** The commands of {@code ./recover}. */
package govcloud.recovery.command;
