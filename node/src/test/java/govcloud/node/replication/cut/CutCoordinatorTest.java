package govcloud.node.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.node.replication.ReplicationThreads;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.CutDeletion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
    kit.spawn(
        CutCoordinator.create(
            new CutCoordinator.Environment(
                new CutSettings(
                    Optional.empty(), ZoneOffset.UTC, Duration.ofDays(400), Duration.ofHours(26)),
                work,
                () -> CompletableFuture.completedStage(agreed),
                Optional.empty(),
                threads,
                Duration.ofMillis(50),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))));
  }

  @Test
  void deletionAgreedTo_beforeTheCoordinatorStarted_isInTheCutThatItMakes() {
    start(AGREED);
    await().until(() -> !work.deletions.isEmpty());
    assertThat(work.deletions).containsOnly(AGREED);
  }

  @Test
  void nothingAgreedTo_andNothingDue_makesNoCut() {
    start(CutDeletion.NONE);
    await().until(() -> work.looks.get() >= 3);
    assertThat(work.deletions).isEmpty();
  }
}
