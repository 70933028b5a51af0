package govcloud.replication.archive;

import com.google.protobuf.ByteString;

/**
 * Where an entity ends, as the home cloud knows it.
 *
 * @param sequence of its last record
 * @param chain SHA-256 of its last record
 */
public record EntityHead(long sequence, ByteString chain) {}
