package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.replication.LineQueue.Turn;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who goes first on a thin line, in time that the test moves. */
class LineQueueTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long RATE = 1000;

  private final LineQueue line = new LineQueue(RATE, 0);
  private final Map<String, Turn> waiting = new HashMap<>();
  private final Map<String, ShippingRank> ranks = new HashMap<>();
  private final List<String> begun = new ArrayList<>();
  private long now;

  private void enter(String name, ShippingRank rank, long bytes) {
    ranks.put(name, rank);
    waiting.put(name, line.enter(bytes, () -> ranks.get(name)));
  }

  /** Lets time pass until nobody waits. */
  private void play() {
    while (!waiting.isEmpty()) {
      step();
    }
  }

  private void step() {
    long soonest = Long.MAX_VALUE;
    for (String name : List.copyOf(waiting.keySet())) {
      OptionalLong wait = line.waits(waiting.get(name), now);
      if (wait.isPresent() && wait.getAsLong() == 0) {
        waiting.remove(name);
        begun.add(name);
        return;
      }
      soonest = Math.min(soonest, wait.orElse(Long.MAX_VALUE));
    }
    assertThat(soonest).as("somebody is first").isLessThan(Long.MAX_VALUE);
    now += soonest;
  }

  @Test
  void everybodyWaits_mostUrgentGoesFirst_andAmongThoseWhoCameFirst() {
    enter("attachment", ShippingRank.ATTACHMENT, 500);
    step();
    enter("daily", ShippingRank.DAILY, 500);
    enter("daily later", ShippingRank.DAILY, 500);
    enter("usual", ShippingRank.CONTINUOUS, 500);
    enter("zero loss", ShippingRank.ZERO_LOSS, 500);
    enter("waited for", ShippingRank.WAITED_FOR, 500);
    play();
    assertThat(begun)
        .containsExactly("attachment", "waited for", "zero loss", "usual", "daily", "daily later");
    assertThat(now).isEqualTo(5 * SECOND / 2);
  }

  @Test
  void somebodyBeginsToWaitForOneInTheQueue_itGoesFirst() {
    enter("before", ShippingRank.DAILY, 5000);
    step();
    enter("first daily", ShippingRank.DAILY, 100);
    enter("second daily", ShippingRank.DAILY, 100);
    now = 2 * SECOND;
    ranks.put("second daily", ShippingRank.WAITED_FOR);
    play();
    assertThat(begun).containsExactly("before", "second daily", "first daily");
  }

  @Test
  void oneGivesUp_theOthersGoOn() {
    enter("gives up", ShippingRank.WAITED_FOR, 100);
    enter("stays", ShippingRank.DAILY, 100);
    line.leave(waiting.remove("gives up"));
    play();
    assertThat(begun).containsExactly("stays");
  }

  /** Under a steady load of urgent files, and of others behind them, the rate holds. */
  @Test
  void manyFiles_takeAsLongAsTheirBytes_andAnIdleLineSavesNoMoreThanASecond() {
    now = 3600 * SECOND;
    long began = now;
    Random random = new Random(7);
    long bytes = 0;
    for (int i = 0; i < 200; i++) {
      long size = 1L + random.nextInt(3000);
      bytes += size;
      enter("file " + i, List.of(ShippingRank.values()).get(random.nextInt(5)), size);
    }
    play();
    double seconds = (now - began) / (double) SECOND;
    assertThat(seconds).isBetween(bytes / (double) RATE - 4.1, bytes / (double) RATE);
    assertThat(ranks.get(begun.get(0))).isEqualTo(ShippingRank.WAITED_FOR);
    assertThat(begun).doesNotHaveDuplicates().hasSize(200);
  }

  /** The line is too thin for the urgent alone, for hours. */
  @Test
  void urgentTakeTheWholeLine_daily_hasItsShare_andOneThatIsWaitedForWaitsForOneFile() {
    Random random = new Random(11);
    Map<ShippingRank, Long> sent = new EnumMap<>(ShippingRank.class);
    for (ShippingRank rank : List.of(ShippingRank.CONTINUOUS, ShippingRank.DAILY)) {
      enter(rank + " 0", rank, 500);
    }
    int waitedFor = 0;
    for (int i = 1; i <= 20_000; i++) {
      boolean somebodyWaits = i % 50 == 0;
      if (somebodyWaits) {
        enter("waited for " + i, ShippingRank.WAITED_FOR, 100);
      }
      int before = begun.size();
      while (begun.size() == before) {
        step();
      }
      String last = begun.get(before);
      ShippingRank rank = ranks.get(last);
      if (somebodyWaits) {
        waitedFor += rank == ShippingRank.WAITED_FOR ? 1 : 0;
      }
      if (rank != ShippingRank.WAITED_FOR) {
        long next = 1L + random.nextInt(3000);
        sent.merge(rank, next, Long::sum);
        enter(rank + " " + i, rank, next);
      }
    }
    double all = sent.values().stream().mapToLong(Long::longValue).sum();
    assertThat(sent.get(ShippingRank.DAILY) / all).isBetween(0.08, 0.1);
    assertThat(waitedFor).isGreaterThan(350);
  }

  @Test
  void nobodyWaits_nothingIsOwed() {
    for (int i = 0; i < 100; i++) {
      enter("usual " + i, ShippingRank.CONTINUOUS, 1000);
    }
    play();
    enter("daily", ShippingRank.DAILY, 1000);
    enter("usual", ShippingRank.CONTINUOUS, 1000);
    play();
    assertThat(begun).endsWith("usual", "daily");
  }
}
