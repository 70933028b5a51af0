package govcloud.journal.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.v1.Record;

/**
 * A record with the bytes that are stored and their hash.
 *
 * @param record decoded
 * @param bytes as stored
 * @param hash SHA-256 of the bytes, what the entity's next record names as previous
 */
public record Entry(Record record, ByteString bytes, ByteString hash) {

  /** A record that is to be stored. */
  public static Entry of(Record record) {
    ByteString bytes = record.toByteString();
    return new Entry(record, bytes, RecordHash.of(bytes));
  }

  /** A record that was stored. */
  public static Entry parse(ByteString bytes) throws InvalidProtocolBufferException {
    return new Entry(Record.parseFrom(bytes), bytes, RecordHash.of(bytes));
  }

  /** Whose record. */
  public String entityId() {
    return record.getEntityId();
  }

  /** Which of the entity's records, from 1. */
  public long sequence() {
    return record.getSequence();
  }

  /** Whether this is the record after a head. */
  boolean follows(Head head) {
    return sequence() == head.sequence() + 1 && record.getPreviousHash().equals(head.hash());
  }

  /** The entity's head when this is its last record. */
  Head head() {
    return new Head(sequence(), hash);
  }
}
