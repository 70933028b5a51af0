package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.Slices;
import govcloud.recovery.RecoveryException;
import java.util.OptionalInt;
import java.util.function.Predicate;

/** Proves the log of one slice against the archive, and finds where its entities end. */
final class SliceProof {
  private final int slice;
  private final OptionalInt slices;
  private final StoredRows rows;
  private final ProofFindings findings;
  private final ProofTally tally;
  private final CheckedLog log;
  private final Predicate<String> served;

  /**
   * A slice.
   *
   * @param slices how many the lost cloud had, where a cut says so
   */
  SliceProof(
      int slice,
      OptionalInt slices,
      CheckedLog log,
      StoredRows rows,
      ProofFindings findings,
      ProofTally tally,
      Predicate<String> served) {
    this.slice = slice;
    this.slices = slices;
    this.rows = rows;
    this.findings = findings;
    this.tally = tally;
    this.served = served;
    this.log = log;
  }

  /**
   * Compares everything.
   *
   * @param cutSegment the last segment in the cut; 0: none
   * @param last the last segment that was restored
   */
  void run(long cutSegment, long last) throws RecoveryException {
    log.compare(1, cutSegment);
    tally.atCut(log.ends());
    log.compare(cutSegment + 1, last);
    tally.rows(slice, finish(), log.compared());
    checkWatermark();
    log.ends().forEach(this::checkPlace);
    tally.ends(log.ends());
  }

  /** Nodes that serve anybody serve the cloud's own entities first. */
  private boolean isServed() {
    return served.test("");
  }

  /** Looks behind the last segment; gives the last partition that may have rows. */
  private long finish() {
    if (!isServed()) {
      log.finish();
      return log.lastBucket();
    }
    LaterRows later = log.later(served);
    long bucket = later.read();
    tally.later(later.ends());
    return bucket;
  }

  private void checkWatermark() {
    long expected = log.behindRecords();
    long found = 0;
    for (Row row : rows.all("SELECT log_offset FROM %s.watermark WHERE slice = " + slice)) {
      found = row.getLong("log_offset");
    }
    if (isServed() ? found < expected : found != expected) {
      findings.add(
          ProofDefect.PROOF_WATERMARK_WRONG,
          "",
          "slice " + slice,
          found + " (expected: " + expected + ")");
    }
  }

  private void checkPlace(String entity, EntityEnd end) {
    if (slices.isPresent() && Slices.of(entity, slices.getAsInt()) != slice) {
      findings.add(
          ProofDefect.PROOF_SETTINGS_DIFFER,
          end.tenant(),
          entity,
          "in slice %d (expected: %d of %d)"
              .formatted(slice, Slices.of(entity, slices.getAsInt()), slices.getAsInt()));
    }
  }
}
