package govcloud.replication.blob;

/**
 * Content that is in the archive now.
 *
 * @param address where
 * @param mediaType what it was declared to be
 * @param length of the content in bytes
 */
public record KeptBlob(BlobAddress address, String mediaType, long length) {}
