package govcloud.replication.blob;

/**
 * A blob that is in a store, as cuts list it.
 *
 * @param address of it
 * @param length of the stored bytes
 */
public record StoredBlob(BlobAddress address, long length) {}
