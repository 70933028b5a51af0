package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReplicationThreadsTest {
  private static final int URGENT = 30;

  private final List<String> begun = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch gate = new CountDownLatch(1);

  /** The only thread is held; then one usual piece of work comes, and urgent ones behind it. */
  private void oneUsualBeforeManyUrgent(ReplicationThreads threads) throws Exception {
    List<CompletionStage<?>> all = new ArrayList<>();
    all.add(threads.run(true, gate::getCount));
    CompletionStage<Boolean> held =
        threads.run(
            true,
            () -> {
              gate.await();
              return true;
            });
    all.add(held);
    all.add(threads.run(false, () -> begun.add("usual")));
    for (int i = 0; i < URGENT; i++) {
      all.add(threads.run(true, () -> begun.add("urgent")));
    }
    gate.countDown();
    CompletableFuture.allOf(
            all.stream()
                .map(CompletionStage::toCompletableFuture)
                .toArray(CompletableFuture[]::new))
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void urgentWork_isBegunFirst() throws Exception {
    try (var threads = new ReplicationThreads("test", 1)) {
      oneUsualBeforeManyUrgent(threads);
      assertThat(begun.indexOf("usual")).isEqualTo(URGENT);
    }
  }

  @Test
  void withALead_urgentWorkPassesSoManyAndNoMore() throws Exception {
    try (var threads = new ReplicationThreads("test", 1, 10)) {
      oneUsualBeforeManyUrgent(threads);
      assertThat(begun.indexOf("usual")).isBetween(9, 11);
    }
  }
}
