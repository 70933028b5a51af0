/** The slice journal as a Pekko Persistence plugin, and the extension that holds it. */
package govcloud.journal.plugin;
