package govcloud.node.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import govcloud.node.replication.ReplicationThreads;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutContent;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.archive.CutWriter;
import govcloud.replication.archive.ManifestBeginning;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.TrustedKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A coordinator that starts where another one died knows what people agreed to. */
class CutCoordinatorTest {
  private static final CutDeletion AGREED = new CutDeletion(3, "deletion-1");

  /** An empty archive, into which cuts are only begun. */
  private static final class Begun implements CutCoordinator.Work {
    private final AtomicInteger looks = new AtomicInteger();
    private final List<CutDeletion> deletions = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Optional<Cut> last() {
      looks.incrementAndGet();
      return Optional.empty();
    }

    @Override
    public CompletionStage<Moment> close(long above) {
      return CompletableFuture.completedStage(new Moment(above + 1, Map.of()));
    }

    @Override
    public Optional<Cut> make(Moment moment, CutDeletion deletion) {
      deletions.add(deletion);
      return Optional.empty();
    }
  }

  private final ActorTestKit kit = ActorTestKit.create();
  private final ReplicationThreads threads = new ReplicationThreads("cuts", 1);
  private final Begun work = new Begun();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
    threads.close();
  }

  private void start(CutDeletion agreed) {
    start(agreed, Optional.empty(), work, () -> Instant.EPOCH);
  }

  private void start(
      CutDeletion agreed, Optional<LocalTime> daily, CutCoordinator.Work with, InstantSource now) {
    kit.spawn(
        CutCoordinator.create(
            new CutCoordinator.Environment(
                new CutSettings(daily, ZoneOffset.UTC, Duration.ofDays(400), Duration.ofHours(26)),
                with,
                () -> CompletableFuture.completedStage(agreed),
                Optional.empty(),
                threads,
                Duration.ofMillis(50),
                now.withZone(ZoneOffset.UTC))));
  }

  @Test
  void deletionAgreedTo_beforeTheCoordinatorStarted_isInTheCutThatItMakes() {
    start(AGREED);
    await().until(() -> !work.deletions.isEmpty());
    assertThat(work.deletions).containsOnly(AGREED);
  }

  /** An archive into which cuts of nothing are made. */
  private static final class Daily implements CutCoordinator.Work {
    private final KeyFolder keys;
    private final InstantSource now;
    private final AtomicInteger looks = new AtomicInteger();
    private final List<Cut> cuts = Collections.synchronizedList(new ArrayList<>());

    Daily(KeyFolder keys, InstantSource now) {
      this.keys = keys;
      this.now = now;
    }

    @Override
    public Optional<Cut> last() {
      looks.incrementAndGet();
      return cuts.isEmpty() ? Optional.empty() : Optional.of(cuts.get(cuts.size() - 1));
    }

    @Override
    public CompletionStage<Moment> close(long above) {
      return CompletableFuture.completedStage(new Moment(now.millis() << 16, Map.of()));
    }

    @Override
    public Optional<Cut> make(Moment moment, CutDeletion deletion) throws Exception {
      CutContent content =
          new CutContent(
              moment.clock(),
              List.of(),
              Map.of(),
              List.of(),
              new TreeMap<>(),
              new TreeMap<>(),
              CutDeletion.NONE,
              ManifestBeginning.NONE,
              false);
      var trust =
          new ReplicaTrust(
              "harbour",
              "mountain",
              new TrustedKeys(keys.signingKeys()),
              Set.of(keys.recovery().key().id()));
      try (EpochKeys epoch = keys.epoch()) {
        var file = new CutWriter(keys.signing(), epoch, 1).write(1, ByteString.EMPTY, content);
        cuts.add(Cut.verify(ArchiveName.cut(1), file.toByteArray(), trust));
      }
      return last();
    }
  }

  @Test
  void dailyTime_makesOneCut_whenItArrives_andOneADay(@TempDir Path folder) throws Exception {
    KeyFolder keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 2, new SecureRandom());
    var now = new AtomicReference<>(Instant.parse("2026-03-02T01:30:00Z"));
    Daily daily = new Daily(keys, now::get);
    start(CutDeletion.NONE, Optional.of(LocalTime.of(2, 0)), daily, now::get);
    await().until(() -> daily.cuts.size() == 1);
    assertQuiet(daily, 1);
    now.set(Instant.parse("2026-03-02T01:59:59Z"));
    assertQuiet(daily, 1);
    now.set(Instant.parse("2026-03-02T02:00:01Z"));
    await().until(() -> daily.cuts.size() == 2);
    assertThat(daily.cuts.get(1).closedAt()).isEqualTo(now.get());
    assertQuiet(daily, 2);
    now.set(Instant.parse("2026-03-03T01:59:59Z"));
    assertQuiet(daily, 2);
    now.set(Instant.parse("2026-03-03T02:00:01Z"));
    await().until(() -> daily.cuts.size() == 3);
  }

  /** It looks several times, and makes no further cut. */
  private static void assertQuiet(Daily daily, int cuts) {
    int before = daily.looks.get();
    await().until(() -> daily.looks.get() >= before + 3);
    assertThat(daily.cuts).hasSize(cuts);
  }

  @Test
  void nothingAgreedTo_andNothingDue_makesNoCut() {
    start(CutDeletion.NONE);
    await().until(() -> work.looks.get() >= 3);
    assertThat(work.deletions).isEmpty();
  }
}
