package govcloud.faultlab.checker;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.faultlab.history.History;
import govcloud.faultlab.history.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is missing or wrong at the sibling is found: the recorded run, and copies of its log. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicaChecksTest {
  private static final Checker CHECKER = new Checker(Duration.ofMinutes(5));

  private History history;
  private StoredCloud stored;

  @BeforeAll
  void read(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("history.jsonl");
    try (InputStream in = new GZIPInputStream(resource("history.jsonl.gz"))) {
      Files.copy(in, file);
    }
    history = History.read(file);
    stored = TableMutations.right(StoredCloud.read(resource("stored.json.gz")));
  }

  private static InputStream resource(String name) {
    return ReplicaChecksTest.class.getResourceAsStream("/recorded-run/" + name);
  }

  private List<String> found(SiblingCopy copy) {
    return CHECKER.check(history, stored, copy).violations().stream()
        .filter(one -> one.invariant() != Violation.Invariant.I1_NO_LOSS)
        .map(Violation::toString)
        .toList();
  }

  private SiblingCopy copy(List<LogRow> log) {
    return new SiblingCopy(List.of(), log, Map.of(), List.of());
  }

  private Operation someChange() {
    return history.operations().stream()
        .filter(one -> one.ok() && one.changes() && !one.answer().replayed())
        .skip(40)
        .findFirst()
        .orElseThrow();
  }

  private long offsetOf(Operation operation) {
    return new Evidence(history, stored)
            .record(operation.entity(), operation.answer().sequence())
            .position()
        >> StoredRecord.INDEX_BITS;
  }

  @Test
  void whole_isSound() {
    assertThat(found(copy(stored.log()))).isEmpty();
  }

  @Test
  void changeThatIsNotThere_isFound_withTheRowThatHoldsIt() {
    Operation lost = someChange();
    long offset = offsetOf(lost);
    List<LogRow> log = new ArrayList<>(stored.log());
    log.removeIf(row -> row.slice() == lost.answer().slice() && row.offset() == offset);
    assertThat(found(copy(log)))
        .contains(
            "I9_REPLICA: " + lost.id() + ": acknowledged, and not in the sibling's archive",
            "I9_REPLICA: slice %d, offset %d: at the sibling is nothing"
                .formatted(lost.answer().slice(), offset));
  }

  @Test
  void rowsThatChangedPlaces_areFound() {
    List<LogRow> log = new ArrayList<>(stored.log());
    LogRow one = log.get(0);
    LogRow other =
        log.stream()
            .filter(row -> row.slice() == one.slice() && row.offset() != one.offset())
            .findFirst()
            .orElseThrow();
    log.remove(one);
    log.remove(other);
    log.add(one.at(other.offset()));
    log.add(other.at(one.offset()));
    assertThat(found(copy(log)))
        .contains(
            "I9_REPLICA: slice %d, offset %d: at the sibling is another"
                .formatted(one.slice(), one.offset()));
  }

  @Test
  void promisesThatWereNotKeptAtThatMoment_areFound_andKeptOnesAreNot() {
    Operation change = someChange();
    long offset = offsetOf(change);
    Map<String, Long> there = new HashMap<>();
    there.put(change.id(), offset + 1);
    assertThat(found(new SiblingCopy(List.of(), stored.log(), there, List.of()))).isEmpty();
    there.put(change.id(), offset);
    assertThat(found(new SiblingCopy(List.of(), stored.log(), there, List.of())))
        .singleElement()
        .isEqualTo(
            "I10_RECEIPT: %s: acknowledged with offset %d, when the sibling had %d"
                .formatted(change.id(), offset, offset - 1));
    there.put(change.id(), -1L);
    assertThat(found(new SiblingCopy(List.of(), stored.log(), there, List.of())))
        .containsExactly(
            "I10_RECEIPT: " + change.id() + ": acknowledged without the sibling's receipt");
  }

  @Test
  void whatTheVerifierFinds_andWhatComesTooLate_isTold() {
    var copy =
        new SiblingCopy(List.of("REPLICA_GAP"), stored.log(), Map.of(), List.of("slice 3 late"));
    assertThat(found(copy))
        .containsExactly(
            "I9_REPLICA: verifier: REPLICA_GAP", "I13_LIVENESS: sibling: slice 3 late");
  }
}
