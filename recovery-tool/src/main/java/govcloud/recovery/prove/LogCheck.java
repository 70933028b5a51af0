package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Segment;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaHash;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Compares the restored log of one slice with what the lost cloud signed, row by row, and finds
 * where its entities end. For one thread.
 */
final class LogCheck implements CheckedLog {
  private final int slice;
  private final KeyedArchive archive;
  private final StoredRows rows;
  private final ProofFindings findings;
  private final ProofProgress progress;
  private final ProofTally tally;
  private final EntityEnds ends = new EntityEnds(Map.of());
  private Iterator<Row> partition = Collections.emptyIterator();
  private long bucket = -1;
  private Optional<Row> next = Optional.empty();
  private long behindRecords;
  private long behindLast;
  private ByteString lastHash = ByteString.EMPTY;
  private long compared;

  LogCheck(
      int slice,
      KeyedArchive archive,
      StoredRows rows,
      ProofFindings findings,
      ProofProgress progress,
      ProofTally tally) {
    this.slice = slice;
    this.archive = archive;
    this.rows = rows;
    this.findings = findings;
    this.progress = progress;
    this.tally = tally;
  }

  @Override
  public void compare(long fromSegment, long toSegment) throws RecoveryException {
    for (long number = fromSegment; number <= toSegment; number++) {
      try {
        Segment segment = segment(number);
        compare(segment, archive.keys(segment.statement().getGrant()));
      } catch (ArchiveStoreException | DamagedReplicaException | KeyException e) {
        throw new RecoveryException(
            Code.RECOVERY_ARCHIVE_DAMAGED, "slice " + slice + ": " + e.getMessage(), e);
      }
    }
  }

  private Segment segment(long number)
      throws ArchiveStoreException, DamagedReplicaException, RecoveryException {
    Optional<Segment> segment = archive.segment(slice, number);
    if (segment.isEmpty()) {
      throw new RecoveryException(
          Code.RECOVERY_ARCHIVE_DAMAGED,
          ArchiveName.segment(slice, number).text() + ": missing (expected: there)");
    }
    return segment.get();
  }

  private void compare(Segment segment, EpochKeys keys) {
    ByteString chain = segment.statement().getBatchChain();
    long first = segment.statement().getFirstOffset();
    for (int i = 0; i < segment.batches(); i++) {
      long offset = first + i;
      Optional<Row> row = row(offset);
      if (row.isEmpty()) {
        findings.add(
            ProofDefect.PROOF_LOG_ROW_MISSING, "", place(offset), "none (expected: a batch)");
        continue;
      }
      compared++;
      StoredRows.LogRow stored = StoredRows.logRow(row.get());
      behindLast = offset + 1;
      lastHash = ReplicaHash.of(stored.content());
      ByteString expected = chain.substring(i * ReplicaHash.LENGTH, (i + 1) * ReplicaHash.LENGTH);
      take(stored, keys.batch(lastHash).equals(expected));
    }
    progress.compared(segment.statement().getRecords());
  }

  /** The row of an offset; rows are asked for in ascending order. */
  private Optional<Row> row(long offset) {
    if (StoredRows.bucket(offset) != bucket) {
      bucket = StoredRows.bucket(offset);
      partition = rows.log(slice, bucket);
      next = Optional.empty();
    }
    if (next.isEmpty() && partition.hasNext()) {
      next = Optional.of(partition.next());
    }
    Optional<Row> found = next.filter(row -> row.getLong("log_offset") == offset);
    if (found.isPresent()) {
      next = Optional.empty();
    }
    return found;
  }

  @Override
  public void finish() {
    next.ifPresent(this::foreign);
    while (partition.hasNext()) {
      foreign(partition.next());
    }
  }

  @Override
  public LaterRows later(Predicate<String> served) {
    return new LaterRows(slice, rows, findings, served, ends.all(), behindLast, lastHash);
  }

  private void foreign(Row row) {
    findings.add(
        ProofDefect.PROOF_LOG_ROW_FOREIGN,
        "",
        place(row.getLong("log_offset")),
        "a row (expected: none behind the archive's last)");
  }

  @Override
  public long lastBucket() {
    return bucket;
  }

  private void take(StoredRows.LogRow row, boolean same) {
    try {
      LogBatch batch = LogBatch.parseFrom(row.content());
      if (!same || !names(batch, row)) {
        findings.add(
            ProofDefect.PROOF_LOG_ROW_DIFFERENT,
            "",
            place(row.offset()),
            "another batch than the archive's (expected: the bytes that were signed)");
      }
      for (ByteString record : batch.getRecordList()) {
        take(row.offset(), record);
      }
      if (batch.getRecordCount() > 0) {
        behindRecords = row.offset() + 1;
      }
    } catch (InvalidProtocolBufferException e) {
      findings.add(
          ProofDefect.PROOF_LOG_ROW_DIFFERENT,
          "",
          place(row.offset()),
          "unreadable (expected: a batch)");
    }
  }

  /** A host knows its own batch by the columns beside the content. */
  private static boolean names(LogBatch batch, StoredRows.LogRow row) {
    var id = batch.getIncarnation().asReadOnlyByteBuffer();
    return id.remaining() == 16
        && id.getLong() == row.incarnation().getMostSignificantBits()
        && id.getLong() == row.incarnation().getLeastSignificantBits()
        && batch.getNonce() == row.nonce();
  }

  private void take(long offset, ByteString bytes) throws InvalidProtocolBufferException {
    Record record = Record.parseFrom(bytes);
    if (!ends.take(record, bytes)) {
      findings.add(
          ProofDefect.PROOF_CHAIN_BROKEN,
          record.getTenant(),
          place(offset) + ", " + record.getEntityId(),
          "sequence " + record.getSequence() + " (expected: the next one, chained)");
    }
    tally.learn(record);
  }

  private String place(long offset) {
    return "slice " + slice + ", offset " + offset;
  }

  @Override
  public Map<String, EntityEnd> ends() {
    return ends.all();
  }

  @Override
  public long behindRecords() {
    return behindRecords;
  }

  @Override
  public long compared() {
    return compared;
  }
}
