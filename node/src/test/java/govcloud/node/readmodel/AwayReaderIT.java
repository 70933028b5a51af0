package govcloud.node.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.journal.Position;
import govcloud.journal.TrimmedLogException;
import govcloud.journal.plugin.SliceJournal;
import govcloud.journal.reader.PositionedRecord;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.feed.FeedCursor;
import govcloud.node.feed.FeedFilter;
import govcloud.node.feed.JournalFeed;
import govcloud.node.projection.Projections;
import govcloud.node.projection.RecordHandler;
import govcloud.node.projection.Views.ViewLag;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader that is away for days while the log grows, and is trimmed as far as it has read. */
@Tag("slow")
class AwayReaderIT {

  private static final Actor CLERK = new Actor("chen", Actor.OPERATOR);
  private static final int ENTITIES = 20;
  private static final int BEFORE = 20;
  private static final int MEANWHILE = 150;
  private static final Duration DAYS = Duration.ofDays(3);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final String TRIMMING =
      """
      govcloud.journal {
        tick = 100ms
        chunk-quiet = 500ms
        trim { enabled = on, keep = 2, interval = 500ms }
      }
      """;

  private final LocalCassandra cassandra = LocalCassandra.shared();
  private final Counting present = new Counting();
  private final Counting away = new Counting();

  /** Counts the records of every entity, and insists on getting each of them in order. */
  private static final class Counting implements RecordHandler {
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private volatile boolean failing;

    @Override
    public CompletionStage<?> handle(List<PositionedRecord> records) {
      if (failing) {
        return CompletableFuture.failedFuture(new TimeoutException("away"));
      }
      for (PositionedRecord record : records) {
        long sequence = record.record().getSequence();
        seen.compute(
            record.record().getEntityId(),
            (id, last) -> {
              long before = last == null ? 0 : last;
              if (sequence > before + 1) {
                throw new AssertionError(id + ": " + sequence + " behind " + before);
              }
              return Math.max(before, sequence);
            });
      }
      return CompletableFuture.completedFuture(null);
    }
  }

  @Test
  void readerAwayForDays_holdsTheLog_isMissedByItsAge_andCatchesUpCompletely() {
    String keyspace = cassandra.newKeyspaceName("away");
    int created = 1 + BEFORE;
    try (OneNode node = OneNode.bare(cassandra, keyspace, TRIMMING)) {
      follow(node, Clock.systemUTC());
      comments(node, "early", BEFORE, true);
      await().atMost(PATIENCE).until(() -> complete(present, created) && complete(away, created));
      await().atMost(PATIENCE).untilAsserted(() -> requireTrimmed(node));
      away.failing = true;
      comments(node, "meanwhile", MEANWHILE, false);
      await().atMost(PATIENCE).until(() -> complete(present, created + MEANWHILE));
    }
    Clock later = Clock.offset(Clock.systemUTC(), DAYS);
    try (OneNode node = OneNode.bare(cassandra, keyspace, TRIMMING)) {
      Projections projections = follow(node, later);
      entities().forEach(node::read);
      await().atMost(PATIENCE).until(() -> lag(projections, "present").records() == 0);
      await().atMost(PATIENCE).untilAsserted(() -> requireDaysBehind(lag(projections, "away")));
      away.failing = false;
      await().atMost(PATIENCE).until(() -> complete(away, created + MEANWHILE));
      await().atMost(PATIENCE).until(() -> lag(projections, "away").seconds() == 0);
      requireFeedTellsThatItIsTooLate(node, projections);
    }
  }

  private static void requireDaysBehind(ViewLag lag) {
    assertThat(lag.records()).isGreaterThan(ENTITIES);
    assertThat(Duration.ofMillis((long) (lag.seconds() * 1000)))
        .isBetween(DAYS, DAYS.plus(PATIENCE.multipliedBy(4)));
  }

  private Projections follow(OneNode node, Clock clock) {
    return node.follow(
        Map.of("present", (slice, generation) -> present, "away", (slice, generation) -> away),
        clock);
  }

  private static boolean complete(Counting reader, long records) {
    return entities().stream().allMatch(id -> reader.seen.getOrDefault(id, 0L) == records);
  }

  private static List<String> entities() {
    return IntStream.range(0, ENTITIES).mapToObj(n -> "case/harbour/permits/c-" + n).toList();
  }

  /** All entities at once, each of them one after the other. */
  private static void comments(OneNode node, String text, int number, boolean create) {
    List<CompletableFuture<?>> running = new ArrayList<>();
    for (String id : entities()) {
      CompletionStage<?> done =
          create ? node.ask(id, create(id), CLERK) : CompletableFuture.completedFuture(null);
      for (int n = 0; n < number; n++) {
        var comment = new CaseCommand.Comment(text + " " + n);
        done = done.thenCompose(before -> tell(node, id, comment));
      }
      running.add(done.toCompletableFuture());
    }
    running.forEach(CompletableFuture::join);
  }

  private static CompletionStage<?> tell(OneNode node, String id, Object command) {
    return node.ask(id, command, CLERK)
        .thenAccept(answer -> assertThat(answer.refused()).isEmpty());
  }

  private static CaseCommand.Create create(String id) {
    return new CaseCommand.Create(
        "harbour",
        "permits",
        "administrative-approval",
        1,
        "999999-" + id.substring(id.lastIndexOf('-') + 1),
        "permit",
        new Applicant("Wang", "person", "", ""),
        "{}",
        Map.of(),
        Optional.empty());
  }

  /** The beginning of some slice is gone; what the reader who goes away has not read never is. */
  private static void requireTrimmed(OneNode node) {
    assertThat(IntStream.range(0, 16).anyMatch(slice -> trimmed(node, slice))).isTrue();
  }

  private static boolean trimmed(OneNode node, int slice) {
    try {
      SliceJournal.get(node.system())
          .reader()
          .currentRecords(slice, Position.BEFORE_FIRST)
          .runWith(Sink.ignore(), node.system())
          .toCompletableFuture()
          .join();
      return false;
    } catch (CompletionException e) {
      return e.getCause() instanceof TrimmedLogException;
    }
  }

  private static ViewLag lag(Projections projections, String view) {
    return OneNode.get(projections.views().lags()).stream()
        .filter(lag -> lag.view().equals(view))
        .findFirst()
        .orElseThrow();
  }

  private static void requireFeedTellsThatItIsTooLate(OneNode node, Projections projections) {
    var feed =
        new JournalFeed(
            node.system(),
            SliceJournal.get(node.system()).reader(),
            node.decoder(),
            16,
            "extranet",
            () -> projections.heads("present").thenApply(FeedCursor::at));
    String beginning = FeedCursor.beginning(16).encode();
    assertThatThrownBy(
            () -> feed.events(Optional.of(beginning), FeedFilter.ALL).toCompletableFuture().join())
        .hasCauseInstanceOf(TrimmedLogException.class);
    assertThat(feed.now().thenCompose(now -> feed.events(Optional.of(now), FeedFilter.ALL)))
        .succeedsWithin(PATIENCE);
  }
}
