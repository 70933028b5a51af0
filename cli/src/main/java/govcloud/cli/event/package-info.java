/** Follows what happens in a cloud. */
package govcloud.cli.event;
