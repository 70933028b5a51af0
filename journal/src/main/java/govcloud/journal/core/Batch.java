package govcloud.journal.core;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.Position;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.TakeOver;
import govcloud.protobuf.journal.v1.Trimmed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One row of a slice's log.
 *
 * @param incarnation the host that wrote it; new whenever a node starts to host
 * @param nonce counts the incarnation's batches
 * @param takeOver whether this is the mark by which the incarnation took the slice over
 * @param previousHash hash of the row before; empty at offset 0
 * @param highestClock highest hybrid clock of all records up to here
 * @param closedClock no record behind this row has this clock or a lower one; 0: never closed
 * @param entries the records; none in a take-over and in a stub
 * @param trimmedRecords how many records were taken out of it; above 0: it is a stub
 * @param bytes as stored, before compression
 * @param hash SHA-256 of the bytes; of a stub: of those that it had with its records
 */
public record Batch(
    UUID incarnation,
    long nonce,
    boolean takeOver,
    ByteString previousHash,
    long highestClock,
    long closedClock,
    List<Entry> entries,
    int trimmedRecords,
    ByteString bytes,
    ByteString hash) {

  /** A batch of records. */
  static Batch ofRecords(
      UUID incarnation,
      long nonce,
      ByteString previousHash,
      long clock,
      long closedClock,
      List<Entry> entries) {
    long highest = clock;
    LogBatch.Builder log = LogBatch.newBuilder();
    for (Entry entry : entries) {
      log.addRecord(entry.bytes());
      highest = Math.max(highest, entry.record().getHybridClock());
    }
    return finish(incarnation, nonce, false, previousHash, highest, closedClock, entries, log);
  }

  /** The mark by which an incarnation takes a slice over. */
  static Batch ofTakeOver(
      UUID incarnation,
      long nonce,
      ByteString previousHash,
      long clock,
      long closedClock,
      String node) {
    LogBatch.Builder log = LogBatch.newBuilder().setTakeOver(TakeOver.newBuilder().setNode(node));
    return finish(incarnation, nonce, true, previousHash, clock, closedClock, List.of(), log);
  }

  /** The mark that closes a clock. */
  static Batch ofMark(
      UUID incarnation, long nonce, ByteString previousHash, long clock, long closedClock) {
    LogBatch.Builder log = LogBatch.newBuilder();
    return finish(incarnation, nonce, false, previousHash, clock, closedClock, List.of(), log);
  }

  private static Batch finish(
      UUID incarnation,
      long nonce,
      boolean takeOver,
      ByteString previousHash,
      long highestClock,
      long closedClock,
      List<Entry> entries,
      LogBatch.Builder log) {
    ByteString bytes =
        log.setIncarnation(bytesOf(incarnation))
            .setNonce(nonce)
            .setPreviousHash(previousHash)
            .setHighestClock(highestClock)
            .setClosedClock(closedClock)
            .build()
            .toByteString();
    return new Batch(
        incarnation,
        nonce,
        takeOver,
        previousHash,
        highestClock,
        closedClock,
        List.copyOf(entries),
        0,
        bytes,
        RecordHash.of(bytes));
  }

  /** A batch that was stored. */
  public static Batch parse(ByteString bytes) throws InvalidProtocolBufferException {
    LogBatch log = LogBatch.parseFrom(bytes);
    if (log.getIncarnation().size() != 16 || log.getRecordCount() > Position.MAX_RECORDS) {
      throw new InvalidProtocolBufferException(
          "incarnation: " + log.getIncarnation().size() + " bytes (expected: 16)");
    }
    List<Entry> entries = new ArrayList<>(log.getRecordCount());
    for (ByteString record : log.getRecordList()) {
      entries.add(Entry.parse(record));
    }
    ByteBuffer id = log.getIncarnation().asReadOnlyByteBuffer();
    return new Batch(
        new UUID(id.getLong(), id.getLong()),
        log.getNonce(),
        log.hasTakeOver(),
        log.getPreviousHash(),
        log.getHighestClock(),
        log.getClosedClock(),
        List.copyOf(entries),
        log.getTrimmed().getRecords(),
        bytes,
        log.hasTrimmed() ? log.getTrimmed().getHash() : RecordHash.of(bytes));
  }

  /**
   * What is left when the records are taken out: all that the chain, a take-over and an unknown
   * outcome need. A batch without records stays as it is.
   */
  Batch stub() {
    if (entries.isEmpty()) {
      return this;
    }
    ByteString left =
        LogBatch.newBuilder()
            .setIncarnation(bytesOf(incarnation))
            .setNonce(nonce)
            .setPreviousHash(previousHash)
            .setHighestClock(highestClock)
            .setClosedClock(closedClock)
            .setTrimmed(Trimmed.newBuilder().setHash(hash).setRecords(entries.size()))
            .build()
            .toByteString();
    return new Batch(
        incarnation,
        nonce,
        takeOver,
        previousHash,
        highestClock,
        closedClock,
        List.of(),
        entries.size(),
        left,
        hash);
  }

  /** Whether it does nothing but close a clock. */
  public boolean mark() {
    return !takeOver && entries.isEmpty() && trimmedRecords == 0;
  }

  /** Whether its records were taken out of the log. */
  boolean trimmed() {
    return trimmedRecords > 0;
  }

  /** Whether both are the same batch of the same host, written once or more often. */
  boolean isSameAs(Batch other) {
    return incarnation.equals(other.incarnation) && nonce == other.nonce;
  }

  private static ByteString bytesOf(UUID id) {
    ByteBuffer buffer = ByteBuffer.allocate(16);
    buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits()).flip();
    return ByteString.copyFrom(buffer);
  }
}
