package govcloud.faultlab.checker;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.faultlab.checker.Violation.Invariant;
import govcloud.protobuf.journal.v1.EntityChunk;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What must hold of the log by itself: dense, chained, one host after the other, chunks equal. */
final class LogChecks {

  private static final int BUCKET = 1024;

  private final Evidence evidence;

  LogChecks(Evidence evidence) {
    this.evidence = evidence;
  }

  void run() {
    evidence.slices().forEach(this::slice);
    evidence.slices().forEach(this::hosts);
    evidence.entities().forEach(this::entity);
    evidence.stored().chunks().forEach(this::chunk);
  }

  private void slice(int slice, List<StoredBatch> batches) {
    ByteString previous = ByteString.EMPTY;
    long clock = 0;
    for (int i = 0; i < batches.size(); i++) {
      StoredBatch batch = batches.get(i);
      LogRow row = batch.row();
      String where = "slice " + slice + ", offset " + row.offset();
      if (row.offset() != i || row.bucket() != row.offset() / BUCKET) {
        evidence.found(
            Invariant.I4_ORDER, where + " in bucket " + row.bucket() + " (expected: " + i + ")");
      }
      if (!batch.content().getPreviousHash().equals(previous)) {
        evidence.found(Invariant.I4_ORDER, where + ": does not name the batch before it");
      }
      if (batch.content().getHighestClock() < clock) {
        evidence.found(Invariant.I4_ORDER, where + ": the clock goes back");
      }
      if (highestRecord(batch) > batch.content().getHighestClock()) {
        evidence.found(Invariant.I4_ORDER, where + ": a record is later than its batch");
      }
      previous = batch.hash();
      clock = batch.content().getHighestClock();
    }
  }

  private long highestRecord(StoredBatch batch) {
    long highest = 0;
    for (ByteString bytes : batch.content().getRecordList()) {
      try {
        highest = Math.max(highest, Record.parseFrom(bytes).getHybridClock());
      } catch (InvalidProtocolBufferException e) {
        // told when the evidence was taken
        return highest;
      }
    }
    return highest;
  }

  private void hosts(int slice, List<StoredBatch> batches) {
    Set<UUID> gone = new HashSet<>();
    UUID host = null;
    long nonce = Long.MIN_VALUE;
    for (StoredBatch batch : batches) {
      LogBatch content = batch.content();
      String where = "slice " + slice + ", offset " + batch.row().offset();
      UUID writer = uuid(content.getIncarnation());
      if (!batch.row().incarnation().equals(writer) || batch.row().nonce() != content.getNonce()) {
        evidence.found(Invariant.I5_ONE_WRITER, where + ": columns and content name two writers");
      }
      if (content.hasTakeOver()) {
        if (host != null) {
          gone.add(host);
        }
        if (gone.contains(writer)) {
          evidence.found(Invariant.I5_ONE_WRITER, where + ": a host comes back as itself");
        }
        host = writer;
      } else if (!writer.equals(host)) {
        evidence.found(Invariant.I5_ONE_WRITER, where + ": " + writer + " writes, host is " + host);
      } else if (content.getNonce() <= nonce) {
        evidence.found(Invariant.I5_ONE_WRITER, where + ": nonce " + content.getNonce() + " again");
      }
      nonce = content.getNonce();
    }
  }

  private static UUID uuid(ByteString bytes) {
    ByteBuffer buffer = bytes.asReadOnlyByteBuffer();
    return buffer.remaining() == 16 ? new UUID(buffer.getLong(), buffer.getLong()) : new UUID(0, 0);
  }

  private void entity(String entity, List<StoredRecord> records) {
    ByteString previous = ByteString.EMPTY;
    for (int i = 0; i < records.size(); i++) {
      StoredRecord record = records.get(i);
      String where = entity + ", record " + record.sequence();
      if (record.sequence() != i + 1) {
        evidence.found(Invariant.I4_ORDER, where + " (expected: " + (i + 1) + ")");
      }
      if (!record.record().getPreviousHash().equals(previous)) {
        evidence.found(Invariant.I4_ORDER, where + ": does not name the record before it");
      }
      if (record.slice() != records.get(0).slice()) {
        evidence.found(
            Invariant.I4_ORDER,
            where + ": in slices " + records.get(0).slice() + " and " + record.slice());
      }
      previous = record.hash();
    }
  }

  /** A chunk is what the log says, or it would be read in its place. */
  private void chunk(ChunkRow row) {
    String where = "chunk %s %d to %d".formatted(row.entity(), row.from(), row.to());
    try {
      EntityChunk chunk = EntityChunk.parseFrom(Bytes.unpack(row.encoding(), row.content()));
      boolean shape =
          chunk.getEntityId().equals(row.entity())
              && chunk.getFromSequence() == row.from()
              && chunk.getRecordCount() == row.to() - row.from() + 1;
      for (int i = 0; shape && i < chunk.getRecordCount(); i++) {
        StoredRecord logged = evidence.record(row.entity(), row.from() + i);
        shape = logged != null && logged.hash().equals(Bytes.sha256(chunk.getRecord(i)));
      }
      if (!shape) {
        evidence.found(Invariant.I4_ORDER, where + ": not what the log says");
      }
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      evidence.found(Invariant.I4_ORDER, where + ": unreadable: " + e.getMessage());
    }
  }
}
