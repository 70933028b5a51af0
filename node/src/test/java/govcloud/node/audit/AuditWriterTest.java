package govcloud.node.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import govcloud.domain.audit.AuditCommand;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.node.ReferenceKeys;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.eventsourcing.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What becomes of records when the trail cannot be written, and of floods of refusals. */
class AuditWriterTest {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final int MOST_WAITING = 4;

  private final Trail trail = new Trail();
  private final Deque<Runnable> later = new ArrayDeque<>();
  private final AuditSettings settings =
      AuditSettings.from(
          ConfigFactory.parseString("govcloud.audit.most-waiting = " + MOST_WAITING)
              .withFallback(ReferenceKeys.reference())
              .resolve());
  private final AuditWriter writer =
      new AuditWriter(
          trail, settings, (pause, work) -> later.add(work), () -> NOW, () -> 0L, "life");

  /** A journal that can be away. */
  private static final class Trail implements Entities {
    private final List<AuditRecord> written = new ArrayList<>();
    private boolean away;

    @Override
    public <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
      if (away) {
        return CompletableFuture.failedStage(new EntityFailure.Unavailable(entityId, "away"));
      }
      written.addAll(((AuditCommand.Write) request.command()).records());
      return CompletableFuture.completedStage(
          new Answer<>(null, 1, "open", NOW, null, false, "0-1"));
    }

    @Override
    public <S> CompletionStage<Answer<S>> read(String entityId) {
      return CompletableFuture.failedStage(new EntityFailure.Unavailable(entityId, "not asked"));
    }
  }

  private void runAllThatIsDue() {
    var due = new ArrayList<>(later);
    later.clear();
    due.forEach(Runnable::run);
  }

  private static AuditRecord record(String object, Outcome outcome, String source, String code) {
    return new AuditRecord(
        NOW, "zhang-san", "clerk", "", "getCase", "", object, outcome, code, source, "", 1);
  }

  @Test
  void moreThanCanWait_isCounted_andToldWhenTheTrailIsThereAgain() {
    trail.away = true;
    writer.note(record("under-way", Outcome.ALLOWED, "", ""));
    runAllThatIsDue();
    var lost = 3;
    for (int i = 0; i < 2 * MOST_WAITING + lost; i++) {
      writer.note(record("c-" + i, Outcome.ALLOWED, "", ""));
    }
    assertThat(writer.trouble()).isNotNull();
    trail.away = false;
    while (!later.isEmpty()) {
      runAllThatIsDue();
    }
    assertThat(trail.written).filteredOn(one -> one.outcome() == Outcome.ALLOWED).hasSize(9);
    assertThat(trail.written)
        .filteredOn(one -> one.outcome() == Outcome.ALARM)
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.code()).isEqualTo("RECORDS_LOST");
              assertThat(alarm.count()).isEqualTo(lost);
            });
  }

  @Test
  void floodOfRefusals_isAFewRecords_oneForEachAddressAndReason() {
    var refused =
        new RefusedRequests(Duration.ofMinutes(1), (pause, work) -> later.add(work), writer::note);
    for (int i = 0; i < 100_000; i++) {
      refused.add(record("/x" + i, Outcome.DENIED, "10.0.0.1", "REQUEST_MALFORMED"));
    }
    refused.add(record("/y", Outcome.DENIED, "10.0.0.1", "RATE_LIMITED"));
    refused.add(record("/z", Outcome.DENIED, "10.0.0.2", "RATE_LIMITED"));
    assertThat(later).hasSize(1);
    while (!later.isEmpty()) {
      runAllThatIsDue();
    }
    assertThat(trail.written)
        .extracting(one -> one.source() + " " + one.code() + " " + one.count() + " " + one.object())
        .containsExactly(
            "10.0.0.1 REQUEST_MALFORMED 100000 /x0",
            "10.0.0.1 RATE_LIMITED 1 /y",
            "10.0.0.2 RATE_LIMITED 1 /z");
  }

  @Test
  void refusalsFromMoreAddressesThanAreToldApart_areOneSum() {
    var written = new ArrayList<AuditRecord>();
    var refused =
        new RefusedRequests(Duration.ofMinutes(1), (pause, work) -> later.add(work), written::add);
    for (int i = 0; i < RefusedRequests.MOST + 250; i++) {
      refused.add(record("/x", Outcome.DENIED, "10.0." + i / 256 + "." + i % 256, "RATE_LIMITED"));
    }
    refused.flush();
    assertThat(written).hasSize(RefusedRequests.MOST + 1);
    assertThat(written.get(RefusedRequests.MOST).code()).isEqualTo("OTHERS");
    assertThat(written.get(RefusedRequests.MOST).count()).isEqualTo(250);
  }
}
