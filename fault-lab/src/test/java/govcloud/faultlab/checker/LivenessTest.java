package govcloud.faultlab.checker;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.faultlab.history.History;
import govcloud.faultlab.history.Injected;
import govcloud.faultlab.history.Operation;
import govcloud.faultlab.history.Operation.Answer;
import govcloud.faultlab.history.Operation.Kind;
import govcloud.faultlab.history.Operation.Outcome;
import govcloud.faultlab.nemesis.FaultKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Bounds in time: of recovery behind a fault, and of silence around one that stands alone. */
class LivenessTest {
  private static final long SECOND = 1_000_000_000L;

  /** Two cases answer every second for ten minutes; a node dies at 100 s, another one at 400 s. */
  private static History history(long silentFrom, long silentUntil, Injected... more) {
    List<Operation> operations = new ArrayList<>();
    for (int second = 0; second < 600; second++) {
      for (String entity : List.of("case/a/b/1", "case/a/b/2")) {
        boolean silent = entity.endsWith("2") && second > silentFrom && second < silentUntil;
        operations.add(read(entity, second, silent));
      }
    }
    List<Injected> faults =
        new ArrayList<>(List.of(fault(1, "NODE_KILL", 100, 110), fault(2, "NODE_KILL", 400, 410)));
    faults.addAll(List.of(more));
    return new History(operations, faults);
  }

  private static Operation read(String entity, int second, boolean silent) {
    return new Operation(
        entity + "-" + second,
        "w",
        Kind.READ,
        entity,
        "a",
        "",
        second * SECOND,
        second * SECOND + SECOND / 2,
        1,
        silent ? Outcome.UNKNOWN : Outcome.OK,
        "g1",
        silent ? Answer.NONE : new Answer(0, 0, 0, false, 0, ""),
        "");
  }

  private static Injected fault(int id, String kind, long from, long until) {
    return new Injected(
        id, kind, "g" + id, from * SECOND, until * SECOND, Map.of("process killed", 1L));
  }

  private static List<String> found(History history, int bound) {
    StoredCloud nothing = new StoredCloud(List.of(), List.of(), List.of(), ViewTables.NONE);
    return new Checker(Duration.ofSeconds(bound))
        .check(history, nothing).violations().stream()
            .filter(one -> one.invariant() == Violation.Invariant.I13_LIVENESS)
            .map(Violation::what)
            .toList();
  }

  @Test
  void shortSilence_isAllowed() {
    assertThat(found(history(100, 130), 60)).isEmpty();
  }

  @Test
  void lateRecovery_isFound_andOnlyBehindTheBound() {
    assertThat(found(history(105, 169), 60))
        .containsExactly(
            "fault 1, NODE_KILL: an entity did not answer for 64000 ms (expected: at most 30 s)");
    assertThat(found(history(105, 170), 60))
        .contains("fault 1: all entities answered 60500 ms after its end (expected: within 60 s)");
  }

  @Test
  void silenceDuringAFaultThatStandsAlone_isFound_alsoWhenAllAnswersBeforeItsEnd() {
    History history = history(401, 433, fault(3, "NODE_PAUSE", 200, 300));
    assertThat(found(history, 60))
        .containsExactly(
            "fault 2, NODE_KILL: an entity did not answer for 32000 ms (expected: at most 30 s)");
    assertThat(found(history(201, 240, fault(3, "NODE_PAUSE", 200, 300)), 60))
        .containsExactly(
            "fault 3, NODE_PAUSE: an entity did not answer for 39000 ms (expected: at most 30 s)");
    assertThat(found(history, 120)).as("as much looser as the other bound").isEmpty();
  }

  @Test
  void silenceThatTwoFaultsShare_isNobodysAlone() {
    assertThat(found(history(401, 440, fault(3, "CASSANDRA_KILL", 415, 425)), 60)).isEmpty();
  }

  @Test
  void everyKind_hasABound() {
    assertThat(Bounds.kinds())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(FaultKind.values()).map(FaultKind::name).toList());
  }
}
