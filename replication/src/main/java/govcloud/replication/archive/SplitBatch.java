package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import govcloud.protobuf.journal.v1.LogBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch of the log, taken apart so that each tenant's records go their own way and the batch can
 * be put together again byte by byte, whatever wrote it.
 *
 * @param literal the batch's bytes; of each record only tag and length are left
 * @param records the records in order
 * @param previousHash hash of the batch before; empty at offset 0
 * @param highestClock highest hybrid clock of the log up to here
 * @param mark whether it does nothing but close a hybrid clock
 */
record SplitBatch(
    ByteString literal,
    List<ByteString> records,
    ByteString previousHash,
    long highestClock,
    boolean mark) {
  private static final int RECORD = tag(LogBatch.RECORD_FIELD_NUMBER);
  private static final int PREVIOUS_HASH = tag(LogBatch.PREVIOUS_HASH_FIELD_NUMBER);
  private static final int TAKE_OVER = tag(LogBatch.TAKE_OVER_FIELD_NUMBER);
  private static final int TRIMMED = tag(LogBatch.TRIMMED_FIELD_NUMBER);
  private static final int HIGHEST_CLOCK = LogBatch.HIGHEST_CLOCK_FIELD_NUMBER << 3;

  private static int tag(int field) {
    return field << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  }

  /**
   * Takes a batch apart.
   *
   * @throws IOException when it is no Protobuf
   */
  static SplitBatch of(ByteString batch) throws IOException {
    CodedInputStream in = batch.newCodedInput();
    ByteString.Output literal = ByteString.newOutput(128);
    List<ByteString> records = new ArrayList<>();
    ByteString previousHash = ByteString.EMPTY;
    long clock = 0;
    boolean other = false;
    while (!in.isAtEnd()) {
      int start = in.getTotalBytesRead();
      int tag = in.readTag();
      if (tag == RECORD) {
        int length = in.readRawVarint32();
        int from = in.getTotalBytesRead();
        batch.substring(start, from).writeTo(literal);
        in.skipRawBytes(length);
        records.add(batch.substring(from, from + length));
        continue;
      }
      if (tag == PREVIOUS_HASH) {
        previousHash = in.readBytes();
      } else if (tag == HIGHEST_CLOCK) {
        clock = in.readInt64();
      } else {
        other |= tag == TAKE_OVER || tag == TRIMMED;
        in.skipField(tag);
      }
      batch.substring(start, in.getTotalBytesRead()).writeTo(literal);
    }
    boolean mark = !other && records.isEmpty();
    return new SplitBatch(literal.toByteString(), records, previousHash, clock, mark);
  }

  /** Gives the next record of a part. */
  interface Records {
    /**
     * The next one.
     *
     * @throws IOException when the part has no more
     */
    ByteString next(int part) throws IOException;
  }

  /**
   * Puts a batch together.
   *
   * @param parts for each record, the part that holds it
   * @throws IOException when literal and records do not fit together
   */
  static ByteString join(ByteString literal, List<Integer> parts, Records records)
      throws IOException {
    CodedInputStream in = literal.newCodedInput();
    ByteString.Output batch = ByteString.newOutput(literal.size() * 4);
    int record = 0;
    while (!in.isAtEnd()) {
      int start = in.getTotalBytesRead();
      int tag = in.readTag();
      if (tag != RECORD) {
        in.skipField(tag);
        literal.substring(start, in.getTotalBytesRead()).writeTo(batch);
        continue;
      }
      int length = in.readRawVarint32();
      literal.substring(start, in.getTotalBytesRead()).writeTo(batch);
      if (record == parts.size()) {
        throw new IOException("records: " + record + " placed (expected: more)");
      }
      ByteString next = records.next(parts.get(record++));
      if (next.size() != length) {
        throw new IOException("record: " + next.size() + " bytes (expected: " + length + ")");
      }
      next.writeTo(batch);
    }
    return batch.toByteString();
  }
}
