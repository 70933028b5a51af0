package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The schedule of audits, and of what else is done again and again. */
class RepeatedWorkTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final AtomicInteger done = new AtomicInteger();
  private volatile boolean isWorking = true;

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private boolean work() {
    done.incrementAndGet();
    if (!isWorking) {
      throw new IllegalStateException("no archive");
    }
    return true;
  }

  @Test
  void work_beginsAfterItsFirstPause_andIsRepeated_alsoAfterAFailure() {
    Duration first = Duration.ofMinutes(10);
    Duration interval = Duration.ofHours(24);
    kit.spawn(
        RepeatedWork.create(
            "audit", this::work, ReplicationThreads.of(kit.system(), "audit", 1), first, interval));
    time.timePasses(first.minusMillis(1));
    assertThat(done).as("before its time").hasValue(0);
    time.timePasses(Duration.ofMillis(1));
    await().atMost(SOON).until(() -> done.get() == 1);
    isWorking = false;
    // The next pause begins when the end of the work is heard of, on another thread.
    await()
        .atMost(SOON)
        .until(
            () -> {
              time.timePasses(interval);
              return done.get() >= 3;
            });
  }
}
