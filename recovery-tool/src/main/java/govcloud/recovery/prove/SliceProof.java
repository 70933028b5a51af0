package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.Slices;
import govcloud.recovery.RecoveryException;
import govcloud.replication.cut.KeyedArchive;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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

  private void checkEntities() {
    List<Map.Entry<String, EntityEnd>> some = new ArrayList<>(TOGETHER);
    for (Map.Entry<String, EntityEnd> entity : log.ends().entrySet()) {
      some.add(entity);
      if (some.size() == TOGETHER) {
        check(some);
        some.clear();
      }
    }
    check(some);
  }

  /** Asks for all at once, and looks at them one after the other. */
  private void check(List<Map.Entry<String, EntityEnd>> some) {
    List<CompletionStage<AsyncResultSet>> asked =
        some.stream().map(entity -> rows.chunks(entity.getKey())).toList();
    Iterator<CompletionStage<AsyncResultSet>> answers = asked.iterator();
    for (Map.Entry<String, EntityEnd> entity : some) {
      String id = entity.getKey();
      EntityEnd end = entity.getValue();
      AsyncResultSet chunks = answers.next().toCompletableFuture().join();
      checkPlace(id, end);
      tally.entity(id, end, entities.check(id, end, chunks));
      progress.replayed(end.tenant(), end.sequence());
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
