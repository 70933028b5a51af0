package govcloud.recovery.restore;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.RecordHash;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Entry;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.TakeOver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The log of a slice in a copy of one department: its records byte by byte as they were, in rows of
 * its own, because rows of the cloud hold records of others too. The same records make the same
 * rows, whoever makes them. For one thread.
 */
final class CopiedLog {
  private static final int MOST_RECORDS = 256;
  private static final int MOST_BYTES = 64 << 10;
  private static final int ID_BYTES = 16;

  private final ByteString incarnation;
  private final List<Entry> together = new ArrayList<>();
  private final List<Batch> rows = new ArrayList<>();
  private long togetherBytes;
  private long offset;
  private long nonce;
  private long highestClock;
  private ByteString previous = ByteString.EMPTY;

  /**
   * Nothing in it.
   *
   * @param copy names the copy
   */
  CopiedLog(String copy, int slice) {
    UUID id = UUID.nameUUIDFromBytes((copy + ", slice " + slice).getBytes(StandardCharsets.UTF_8));
    ByteBuffer bytes = ByteBuffer.allocate(ID_BYTES);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip();
    this.incarnation = ByteString.copyFrom(bytes);
  }

  /** Adds a record behind the others. */
  void add(Entry entry) {
    if (nonce == 0) {
      row(LogBatch.newBuilder().setTakeOver(TakeOver.newBuilder().setNode("recovery-tool")));
    }
    if (together.size() == MOST_RECORDS || togetherBytes + entry.bytes().size() > MOST_BYTES) {
      close();
    }
    together.add(entry);
    togetherBytes += entry.bytes().size();
  }

  /** What comes next goes into another row. */
  void close() {
    if (together.isEmpty()) {
      return;
    }
    LogBatch.Builder batch = LogBatch.newBuilder();
    for (Entry entry : together) {
      batch.addRecord(entry.bytes());
      highestClock = Math.max(highestClock, entry.record().getHybridClock());
    }
    together.clear();
    togetherBytes = 0;
    row(batch);
  }

  private void row(LogBatch.Builder batch) {
    ByteString bytes =
        batch
            .setIncarnation(incarnation)
            .setNonce(nonce++)
            .setPreviousHash(previous)
            .setHighestClock(highestClock)
            .build()
            .toByteString();
    try {
      rows.add(Batch.parse(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a row of parsed records: cannot be parsed", e);
    }
    previous = RecordHash.of(bytes);
  }

  /** Offset of the first row that was not taken yet. */
  long offset() {
    return offset;
  }

  /** The rows since the last time. */
  List<Batch> take() {
    List<Batch> taken = List.copyOf(rows);
    offset += taken.size();
    rows.clear();
    return taken;
  }
}
