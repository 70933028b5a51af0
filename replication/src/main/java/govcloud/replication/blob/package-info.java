/**
 * Attachments in the archive: sealed under keys of their tenant, named by the hash of what is
 * stored, written and read as streams in constant memory.
 */
package govcloud.replication.blob;
