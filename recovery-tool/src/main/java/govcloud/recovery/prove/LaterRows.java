package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.statement.ReplicaHash;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks at what nodes wrote behind the archive's last row of a slice, while they served tenants
 * that were proved: nothing of any other tenant, and each row and record chained to the one before.
 * For one thread.
 */
final class LaterRows {
  private final int slice;
  private final StoredRows rows;
  private final ProofFindings findings;
  private final Predicate<String> served;
  private final EntityEnds ends;
  private long next;
  private ByteString hash;

  /**
   * Nothing read yet.
   *
   * @param served who may have gone on
   * @param ends where each entity ended when the cloud was lost
   * @param next the offset behind the archive's last row
   * @param hash of that row; empty where there is none
   */
  LaterRows(
      int slice,
      StoredRows rows,
      ProofFindings findings,
      Predicate<String> served,
      Map<String, EntityEnd> ends,
      long next,
      ByteString hash) {
    this.slice = slice;
    this.rows = rows;
    this.findings = findings;
    this.served = served;
    this.ends = new EntityEnds(ends);
    this.next = next;
    this.hash = hash;
  }

  /**
   * Reads all of them.
   *
   * @return number of the partition of the log in which the next row will be
   */
  long read() {
    long bucket;
    long before;
    do {
      before = next;
      bucket = StoredRows.bucket(next);
      for (Iterator<Row> found = rows.log(slice, bucket); found.hasNext(); ) {
        Row row = found.next();
        if (row.getLong("log_offset") >= before) {
          take(StoredRows.logRow(row));
        }
      }
    } while (StoredRows.bucket(next) > bucket);
    return bucket;
  }

  private void take(StoredRows.LogRow row) {
    if (row.offset() != next) {
      add(ProofDefect.PROOF_LOG_ROW_FOREIGN, "", row, "a row (expected: one at " + next + ")");
    }
    next = row.offset() + 1;
    try {
      LogBatch batch = LogBatch.parseFrom(row.content());
      if (!batch.getPreviousHash().equals(hash)) {
        add(ProofDefect.PROOF_CHAIN_BROKEN, "", row, "not chained to the row before");
      }
      hash = batch.hasTrimmed() ? batch.getTrimmed().getHash() : ReplicaHash.of(row.content());
      for (ByteString record : batch.getRecordList()) {
        take(row, record);
      }
    } catch (InvalidProtocolBufferException e) {
      add(ProofDefect.PROOF_LOG_ROW_DIFFERENT, "", row, "unreadable (expected: a batch)");
    }
  }

  private void take(StoredRows.LogRow row, ByteString bytes) throws InvalidProtocolBufferException {
    Record record = Record.parseFrom(bytes);
    if (!served.test(record.getTenant())) {
      add(
          ProofDefect.PROOF_LOG_ROW_FOREIGN,
          record.getTenant(),
          row,
          "a record of " + record.getEntityId() + " (expected: none before its tenant is proved)");
    }
    if (!ends.take(record, bytes)) {
      add(
          ProofDefect.PROOF_CHAIN_BROKEN,
          record.getTenant(),
          row,
          record.getEntityId() + ", sequence " + record.getSequence() + " (expected: chained)");
    }
  }

  private void add(ProofDefect defect, String tenant, StoredRows.LogRow row, String detail) {
    findings.add(defect, tenant, "slice " + slice + ", offset " + row.offset(), detail);
  }

  /** Where each entity ends now. */
  Map<String, EntityEnd> ends() {
    return ends.all();
  }
}
