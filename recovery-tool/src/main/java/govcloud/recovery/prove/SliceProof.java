package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.Slices;
import govcloud.recovery.RecoveryException;
import govcloud.replication.cut.KeyedArchive;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

/** Proves one slice: its log against the archive, its entities against its log. */
final class SliceProof {
  private static final int TOGETHER = 128;

  private final int slice;
  private final OptionalInt slices;
  private final StoredRows rows;
  private final ProofFindings findings;
  private final ProofProgress progress;
  private final ProofTally tally;
  private final LogCheck log;
  private final EntityCheck entities;

  /**
   * A slice.
   *
   * @param slices how many the lost cloud had, where a cut says so
   */
  SliceProof(
      int slice,
      OptionalInt slices,
      KeyedArchive archive,
      StoredRows rows,
      ProofFindings findings,
      ProofProgress progress,
      ProofTally tally) {
    this.slice = slice;
    this.slices = slices;
    this.rows = rows;
    this.findings = findings;
    this.progress = progress;
    this.tally = tally;
    this.log = new LogCheck(slice, archive, rows, findings, progress);
    this.entities = new EntityCheck(findings);
  }

  /**
   * Compares and replays everything.
   *
   * @param cutSegment the last segment in the cut; 0: none
   * @param last the last segment that was restored
   */
  void run(long cutSegment, long last) throws RecoveryException {
    log.compare(1, cutSegment);
    tally.atCut(log.ends());
    log.compare(cutSegment + 1, last);
    log.finish();
    tally.rows(slice, log.lastBucket(), log.compared());
    checkWatermark();
    checkEntities();
  }

  private void checkWatermark() {
    long expected = log.behindRecords();
    long found = 0;
    for (Row row : rows.all("SELECT log_offset FROM %s.watermark WHERE slice = " + slice)) {
      found = row.getLong("log_offset");
    }
    if (found != expected) {
      findings.add(
          ProofDefect.PROOF_WATERMARK_WRONG,
          "",
          "slice " + slice,
          found + " (expected: " + expected + ")");
    }
  }

  /** While some are looked at, the next ones are under way. */
  private void checkEntities() {
    ArrayDeque<Asked> asked = new ArrayDeque<>(TOGETHER);
    for (Map.Entry<String, EntityEnd> entity : log.ends().entrySet()) {
      if (asked.size() == TOGETHER) {
        check(asked.remove());
      }
      asked.add(new Asked(entity.getKey(), entity.getValue(), rows.chunks(entity.getKey())));
    }
    asked.forEach(this::check);
  }

  private record Asked(String entity, EntityEnd end, CompletionStage<AsyncResultSet> chunks) {}

  private void check(Asked asked) {
    AsyncResultSet chunks = asked.chunks().toCompletableFuture().join();
    checkPlace(asked.entity(), asked.end());
    tally.entity(asked.entity(), asked.end(), entities.check(asked.entity(), asked.end(), chunks));
    progress.replayed(asked.end().tenant(), asked.end().sequence());
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
