package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.core.Entry;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.replica.DepartmentRecords;
import govcloud.replication.archive.Segment;
import govcloud.replication.statement.ReplicaHash;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Compares the log of one slice in a copy with what the department had there: its rows are the
 * tool's own, and hold each record byte by byte as it was signed, in the order of the cloud's log,
 * and no other. For one thread.
 */
final class CopyCheck implements CheckedLog, DepartmentRecords.Sink {
  private final int slice;
  private final DepartmentRecords department;
  private final StoredRows rows;
  private final ProofFindings findings;
  private final ProofProgress progress;
  private final ProofTally tally;
  private final EntityEnds ends = new EntityEnds(Map.of());
  private final Deque<ByteString> records = new ArrayDeque<>();
  private Iterator<Row> partition = Collections.emptyIterator();
  private long bucket = -1;
  private long next;
  private ByteString hash = ByteString.EMPTY;
  private long taken;

  CopyCheck(
      int slice,
      DepartmentRecords department,
      StoredRows rows,
      ProofFindings findings,
      ProofProgress progress,
      ProofTally tally) {
    this.slice = slice;
    this.department = department;
    this.rows = rows;
    this.findings = findings;
    this.progress = progress;
    this.tally = tally;
  }

  @Override
  public void compare(long fromSegment, long toSegment) throws RecoveryException {
    department.read(toSegment, this);
  }

  @Override
  public void take(Entry signed) {
    Optional<ByteString> found = record();
    String place = "slice " + slice + ", " + signed.entityId() + ", sequence " + signed.sequence();
    String tenant = signed.record().getTenant();
    if (found.isEmpty()) {
      findings.add(
          ProofDefect.PROOF_LOG_ROW_MISSING, tenant, place, "in no row (expected: in one)");
    } else if (!found.get().equals(signed.bytes())) {
      findings.add(
          ProofDefect.PROOF_LOG_ROW_DIFFERENT,
          tenant,
          place,
          "another record in its place (expected: the bytes that were signed)");
    }
    if (!ends.take(signed.record(), signed.bytes())) {
      findings.add(
          ProofDefect.PROOF_CHAIN_BROKEN, tenant, place, "not chained (expected: chained)");
    }
    tally.learn(signed.record());
    taken++;
  }

  @Override
  public void read(Segment segment) {
    progress.compared(taken);
    taken = 0;
  }

  /** The next record of the rows; rows are read as they are needed. */
  private Optional<ByteString> record() {
    while (records.isEmpty()) {
      Optional<Row> row = row();
      if (row.isEmpty()) {
        return Optional.empty();
      }
      take(StoredRows.logRow(row.get()));
    }
    return Optional.of(records.remove());
  }

  private Optional<Row> row() {
    if (!partition.hasNext() && StoredRows.bucket(next) != bucket) {
      bucket = StoredRows.bucket(next);
      partition = rows.log(slice, bucket);
    }
    return partition.hasNext() ? Optional.of(partition.next()) : Optional.empty();
  }

  private void take(StoredRows.LogRow row) {
    try {
      LogBatch batch = LogBatch.parseFrom(row.content());
      if (row.offset() != next || !batch.getPreviousHash().equals(hash)) {
        findings.add(
            ProofDefect.PROOF_CHAIN_BROKEN,
            "",
            place(row.offset()),
            "not chained to the row before (expected: offset " + next + ", chained)");
      }
      records.addAll(batch.getRecordList());
    } catch (InvalidProtocolBufferException e) {
      findings.add(
          ProofDefect.PROOF_LOG_ROW_DIFFERENT,
          "",
          place(row.offset()),
          "unreadable (expected: a batch)");
    }
    next = row.offset() + 1;
    hash = ReplicaHash.of(row.content());
  }

  private String place(long offset) {
    return "slice " + slice + ", offset " + offset;
  }

  @Override
  public void finish() {
    if (!records.isEmpty() || row().isPresent()) {
      foreign();
    }
  }

  private void foreign() {
    findings.add(
        ProofDefect.PROOF_LOG_ROW_FOREIGN,
        "",
        place(next - 1),
        "more than the department's records (expected: none behind the last)");
  }

  @Override
  public LaterRows later(Predicate<String> served) {
    if (!records.isEmpty()) {
      foreign();
    }
    return new LaterRows(slice, rows, findings, served, ends.all(), next, hash);
  }

  @Override
  public Map<String, EntityEnd> ends() {
    return ends.all();
  }

  @Override
  public long lastBucket() {
    return next == 0 ? -1 : bucket;
  }

  @Override
  public long behindRecords() {
    return next;
  }

  @Override
  public long compared() {
    return next;
  }
}
