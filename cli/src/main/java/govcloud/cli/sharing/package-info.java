/** Data that departments share, and the agreements under which they do. */
package govcloud.cli.sharing;
