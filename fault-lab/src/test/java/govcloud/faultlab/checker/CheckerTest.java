package govcloud.faultlab.checker;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.faultlab.checker.Report.Verdict;
import govcloud.faultlab.history.History;
import govcloud.faultlab.history.Injected;
import govcloud.faultlab.history.Operation;
import govcloud.faultlab.history.Operation.Answer;
import govcloud.faultlab.history.Operation.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checker against the recording of a real run, and with something wrong in it. The program that
 * was recorded made one real mistake, since mended: w0-3 was acknowledged at position -1. The first
 * test shows that it is found; the others begin with that one acknowledgement put right.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckerTest {
  private static final int INSTANCES = 25;
  private static final Checker CHECKER = new Checker(Duration.ofMinutes(5));

  private History recorded;
  private History history;
  private StoredCloud stored;

  @BeforeAll
  void read(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("history.jsonl");
    try (InputStream in = new GZIPInputStream(resource("history.jsonl.gz"))) {
      Files.copy(in, file);
    }
    recorded = History.read(file);
    history = mended(recorded);
    stored = TableMutations.right(StoredCloud.read(resource("stored.json.gz")));
  }

  private static InputStream resource(String name) {
    return CheckerTest.class.getResourceAsStream("/recorded-run/" + name);
  }

  private static History mended(History recorded) {
    List<Operation> operations = new ArrayList<>();
    for (Operation one : recorded.operations()) {
      Answer answer = one.answer();
      boolean wrong = one.ok() && one.changes() && answer.position() < 0;
      operations.add(
          wrong
              ? HistoryMutations.answer(
                  one, a -> new Answer(a.sequence(), a.slice(), Long.MAX_VALUE, true, 0, ""))
              : one);
    }
    return new History(operations, recorded.faults());
  }

  @Test
  void mistakeThatWasRecorded_isFound_andNothingElse() {
    assertThat(CHECKER.check(recorded, stored).violations())
        .singleElement()
        .hasToString("I1_NO_LOSS: w0-3: acknowledged at 14--1, lies at 14-5242880");
  }

  @Test
  void recordedRun_withThatPutRight_isGreen() {
    Report report = CHECKER.check(history, stored);
    assertThat(report.violations()).isEmpty();
    assertThat(report.verdict()).as(report.table()).isEqualTo(Verdict.GREEN);
    assertThat(report.figures().takeOvers()).isGreaterThan(16);
    assertThat(Checker.viewsAreComplete(stored)).isTrue();
  }

  @TestFactory
  Stream<DynamicTest> wrongLog_isAlwaysFound() {
    return LogMutations.all().entrySet().stream()
        .map(
            one ->
                test(
                    one,
                    random ->
                        CHECKER.check(history, TableMutations.right(apply(one, stored, random)))));
  }

  @TestFactory
  Stream<DynamicTest> wrongListsAndNumbers_areAlwaysFound() {
    return TableMutations.all().entrySet().stream()
        .map(one -> test(one, random -> CHECKER.check(history, apply(one, stored, random))));
  }

  @TestFactory
  Stream<DynamicTest> wrongHistory_isAlwaysFound() {
    return HistoryMutations.all().entrySet().stream()
        .map(one -> test(one, random -> CHECKER.check(apply(one, history, random), stored)));
  }

  private static <T> T apply(
      Map.Entry<String, BiFunction<T, Random, T>> mutation, T original, Random random) {
    T changed = mutation.getValue().apply(original, random);
    assertThat(changed).isNotEqualTo(original);
    return changed;
  }

  private static DynamicTest test(
      Map.Entry<String, ?> mutation, java.util.function.Function<Random, Report> check) {
    return DynamicTest.dynamicTest(
        mutation.getKey(),
        () -> {
          for (int seed = 0; seed < INSTANCES; seed++) {
            Report report = check.apply(new Random(seed));
            assertThat(report.verdict()).as("seed " + seed).isEqualTo(Verdict.RED);
            assertThat(report.violations()).isNotEmpty();
          }
        });
  }

  @Test
  void wrongChunk_isFound() {
    for (int i = 0; i < stored.chunks().size(); i++) {
      List<ChunkRow> chunks = new ArrayList<>(stored.chunks());
      ChunkRow row = chunks.get(i);
      chunks.set(
          i, new ChunkRow(row.entity(), row.to() + 1, row.from(), row.encoding(), row.content()));
      assertThat(judged(new StoredCloud(stored.log(), chunks, stored.views(), stored.tables())))
          .isEqualTo(Verdict.RED);
      byte[] plain = Bytes.unpack(row.encoding(), row.content()).toByteArray();
      plain[plain.length / 2] ^= 1;
      chunks.set(i, new ChunkRow(row.entity(), row.to(), row.from(), 0, Bytes.text(plain)));
      assertThat(judged(new StoredCloud(stored.log(), chunks, stored.views(), stored.tables())))
          .isEqualTo(Verdict.RED);
    }
  }

  @Test
  void wrongView_isFound() {
    for (int i = 0; i < stored.views().size(); i++) {
      ViewRow row = stored.views().get(i);
      for (long wrong : new long[] {row.version() - 1, row.version() + 1}) {
        List<ViewRow> views = new ArrayList<>(stored.views());
        views.set(i, new ViewRow(row.scope(), row.slice(), row.id(), wrong, row.body()));
        assertThat(judged(new StoredCloud(stored.log(), stored.chunks(), views, stored.tables())))
            .isEqualTo(Verdict.RED);
      }
      List<ViewRow> twice = new ArrayList<>(stored.views());
      twice.add(row);
      assertThat(judged(new StoredCloud(stored.log(), stored.chunks(), twice, stored.tables())))
          .isEqualTo(Verdict.RED);
      twice.removeIf(other -> other.id().equals(row.id()));
      assertThat(judged(new StoredCloud(stored.log(), stored.chunks(), twice, stored.tables())))
          .isEqualTo(Verdict.RED);
    }
  }

  private Verdict judged(StoredCloud other) {
    return CHECKER.check(history, other).verdict();
  }

  @Test
  void runWithoutFaults_isVoid() {
    assertThat(CHECKER.check(new History(history.operations(), List.of()), stored).verdict())
        .isEqualTo(Verdict.VOID);
  }

  @Test
  void runWithAFaultThatWasNotFelt_isVoid() {
    List<Injected> faults = new ArrayList<>(history.faults());
    Injected one = faults.get(0);
    faults.set(
        0,
        new Injected(
            one.id(),
            one.kind(),
            one.target(),
            one.injected(),
            one.healed(),
            Map.of("packets", 0L)));
    assertThat(CHECKER.check(new History(history.operations(), faults), stored).verdict())
        .isEqualTo(Verdict.VOID);
  }

  @Test
  void runWithTooLittleAcknowledged_isVoid() {
    List<Operation> operations = new ArrayList<>(history.operations());
    for (int i = 0; i < 3 * history.operations().size(); i++) {
      Operation one = history.operations().get(i % history.operations().size());
      operations.add(
          HistoryMutations.with(
              one,
              "refused-" + i,
              one.entity(),
              "",
              one.invoked(),
              one.completed(),
              Outcome.FAIL,
              Answer.NONE));
    }
    Report report = CHECKER.check(new History(operations, history.faults()), stored);
    assertThat(report.verdict()).isEqualTo(Verdict.VOID);
    assertThat(report.reasons().toString()).contains("acknowledged (expected: >= 30 %)");
  }
}
