package govcloud.recovery.prove;

import com.google.protobuf.ByteString;

/**
 * Where an entity's records in the log end.
 *
 * @param tenant whose
 * @param sequence of the last record
 * @param hash SHA-256 of it
 */
record EntityEnd(String tenant, long sequence, ByteString hash) {}
