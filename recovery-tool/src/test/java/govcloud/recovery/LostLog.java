package govcloud.recovery;

import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.protobuf.journal.v1.TakeOver;
import java.util.ArrayList;
import java.util.List;

/** The log of one slice, written as the journal writes it. */
final class LostLog {
  private static final int FULL = 8;

  private final ByteString incarnation;
  private final List<ByteString> waiting = new ArrayList<>();
  private final List<Record> together = new ArrayList<>();
  private ByteString last = RecordHash.NONE;
  private long firstWaiting;
  private long nonce;
  private long clock;

  LostLog(int slice) {
    byte[] id = new byte[16];
    id[15] = (byte) (slice + 1);
    incarnation = ByteString.copyFrom(id);
  }

  /** Adds a record; some together make a batch. */
  void add(Record record) {
    if (nonce == 0) {
      batch(LogBatch.newBuilder().setTakeOver(TakeOver.newBuilder().setNode("node-1")));
    }
    together.add(record);
    if (together.size() == FULL) {
      flush();
    }
  }

  /** Makes a batch of what is there. */
  void flush() {
    if (!together.isEmpty()) {
      LogBatch.Builder batch = LogBatch.newBuilder();
      for (Record record : together) {
        batch.addRecord(record.toByteString());
        clock = Math.max(clock, record.getHybridClock());
      }
      together.clear();
      batch(batch);
    }
  }

  /**
   * Closes a clock.
   *
   * @return the offset of the mark
   */
  long close(long closed) {
    flush();
    clock = closed;
    batch(LogBatch.newBuilder().setClosedClock(closed));
    return firstWaiting + waiting.size() - 1;
  }

  private void batch(LogBatch.Builder batch) {
    ByteString bytes =
        batch
            .setIncarnation(incarnation)
            .setNonce(nonce++)
            .setPreviousHash(last)
            .setHighestClock(clock)
            .build()
            .toByteString();
    last = RecordHash.of(bytes);
    waiting.add(bytes);
  }

  /** Offset of the first batch that was not taken yet. */
  long firstWaiting() {
    return firstWaiting;
  }

  /** The batches since the last time. */
  List<ByteString> take() {
    List<ByteString> taken = List.copyOf(waiting);
    firstWaiting += taken.size();
    waiting.clear();
    return taken;
  }
}
