package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Never more than were agreed on, whoever counts, and next to nothing lost. */
class QuotaTest {
  private static final Instant NOW = Instant.parse("2026-11-29T04:00:00Z");
  private static final Instant TOMORROW = Instant.parse("2026-11-29T16:00:00Z");

  /** The number of a day as the database has it; answers when it is told to, in any order. */
  private static final class Numbers implements Quota.Count {
    private final List<LocalDate> days = new ArrayList<>();
    private final Deque<Runnable> answers = new ArrayDeque<>();
    private boolean holding;
    private boolean lostAnswers;
    private long used;
    private int writes;

    @Override
    public CompletionStage<Long> read(String agreement, LocalDate day) {
      days.add(day);
      return answer(used);
    }

    @Override
    public CompletionStage<Long> write(String agreement, LocalDate day, long before, long after) {
      writes++;
      long found = used;
      if (found == before) {
        used = after;
      }
      return lostAnswers
          ? CompletableFuture.failedStage(new IllegalStateException("no answer"))
          : answer(found);
    }

    private CompletionStage<Long> answer(long number) {
      if (!holding) {
        return CompletableFuture.completedStage(number);
      }
      var held = new CompletableFuture<Long>();
      answers.add(() -> held.complete(number));
      return held;
    }
  }

  private final Numbers numbers = new Numbers();

  private Quota gateway() {
    return new Quota(numbers);
  }

  private static boolean take(Quota quota, long count, long limit) {
    return quota.take("transport/records", count, limit, NOW).toCompletableFuture().join();
  }

  @Test
  void manyRecords_oneAfterAnother_takeFewWrites() {
    var quota = gateway();
    for (int i = 0; i < 5_000; i++) {
      assertThat(take(quota, 1, 1_000_000)).isTrue();
    }
    assertThat(numbers.writes).isLessThan(10);
    assertThat(numbers.used).isBetween(5_000L, 7_000L);
  }

  @Test
  void aloneUpToTheLimit_getsExactlyThat() {
    var quota = gateway();
    for (int i = 0; i < 1_000; i++) {
      assertThat(quota.isUsedUp("transport/records", 1_000, NOW)).as("record %d", i).isFalse();
      assertThat(take(quota, 1, 1_000)).as("record %d", i).isTrue();
    }
    assertThat(take(quota, 1, 1_000)).isFalse();
    assertThat(quota.isUsedUp("transport/records", 1_000, NOW)).isTrue();
    assertThat(numbers.used).isEqualTo(1_000);
  }

  @Test
  void twoGateways_inAnyOrder_neverGiveMore_andNextToAll() {
    for (int seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      numbers.used = 0;
      numbers.holding = true;
      List<Quota> gateways = List.of(gateway(), gateway());
      List<CompletableFuture<Boolean>> asked = new ArrayList<>();
      List<Integer> counts = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        counts.add(1 + random.nextInt(3));
        asked.add(
            gateways
                .get(random.nextInt(2))
                .take("transport/records", counts.get(i), 4_000, NOW)
                .toCompletableFuture());
        while (random.nextInt(3) > 0 && !numbers.answers.isEmpty()) {
          numbers.answers.poll().run();
        }
      }
      while (!numbers.answers.isEmpty()) {
        numbers.answers.poll().run();
      }
      long given = 0;
      for (int i = 0; i < asked.size(); i++) {
        given += asked.get(i).join() ? counts.get(i) : 0;
      }
      assertThat(given).as("seed %d", seed).isBetween(3_990L, 4_000L);
    }
  }

  /** Each answer comes when it will; what all have given together is never more than agreed on. */
  @Test
  void eightGateways_atOnce_neverGiveMore() {
    for (int seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      numbers.used = 0;
      numbers.holding = true;
      var gateways = Stream.generate(this::gateway).limit(8).toList();
      List<CompletableFuture<Boolean>> asked = new ArrayList<>();
      for (int i = 0; i < 3_000; i++) {
        asked.add(
            gateways
                .get(random.nextInt(8))
                .take("transport/records", 1, 2_000, NOW)
                .toCompletableFuture());
        while (random.nextInt(3) > 0 && !numbers.answers.isEmpty()) {
          numbers.answers.poll().run();
        }
      }
      while (!numbers.answers.isEmpty()) {
        numbers.answers.poll().run();
      }
      var given = asked.stream().filter(CompletableFuture::join).count();
      assertThat(given).as("seed %d", seed).isBetween(1_900L, 2_000L);
      assertThat(gateways).allMatch(quota -> quota.isUsedUp("transport/records", 2_000, NOW));
    }
  }

  @Test
  void gatewayThatIsGone_losesAPartOfTheDay_andTheNextOneGivesNothingTwice() {
    assertThat(take(gateway(), 1, 10_000)).isTrue();
    long lost = numbers.used - 1;
    assertThat(lost).isBetween(1L, 100L);
    var next = gateway();
    long given = 0;
    while (take(next, 1, 10_000)) {
      given++;
    }
    assertThat(given).isEqualTo(10_000 - 1 - lost);
  }

  @Test
  void writeWithoutAnAnswer_isAFailure_andNotGiven() {
    var quota = gateway();
    numbers.lostAnswers = true;
    assertThat(quota.take("transport/records", 5, 7, NOW).toCompletableFuture())
        .isCompletedExceptionally();
    assertThat(numbers.used).isEqualTo(5);
    numbers.lostAnswers = false;
    assertThat(take(quota, 3, 7)).as("five are gone, as nobody knows better").isFalse();
    assertThat(take(quota, 2, 7)).isTrue();
  }

  @Test
  void lowerLimit_isHeldAtOnce_whateverWasTakenInAdvance() {
    var quota = gateway();
    assertThat(take(quota, 1, 100_000)).isTrue();
    assertThat(numbers.used).isGreaterThan(500);
    assertThat(take(quota, 1, 500)).isFalse();
    assertThat(take(quota, 1, 100_000)).isTrue();
  }

  @Test
  void anotherDay_beginsAnew_andTheOldOneIsForgotten() {
    var quota = gateway();
    assertThat(take(quota, 1, 1)).isTrue();
    assertThat(take(quota, 1, 1)).isFalse();
    numbers.used = 0;
    assertThat(quota.take("transport/records", 1, 1, TOMORROW).toCompletableFuture().join())
        .isTrue();
    assertThat(quota.isUsedUp("transport/records", 1, NOW)).isFalse();
    assertThat(numbers.days)
        .containsExactly(LocalDate.of(2026, 11, 29), LocalDate.of(2026, 11, 30));
  }

  @Test
  void failedRead_isToldToAllWhoWait() {
    var quota =
        new Quota(
            new Quota.Count() {
              @Override
              public CompletionStage<Long> read(String agreement, LocalDate day) {
                return CompletableFuture.failedStage(new IllegalStateException("away"));
              }

              @Override
              public CompletionStage<Long> write(
                  String agreement, LocalDate day, long before, long after) {
                throw new AssertionError("nothing is written of what is not known");
              }
            });
    assertThat(quota.take("transport/records", 1, 9, NOW).toCompletableFuture())
        .failsWithin(java.time.Duration.ofSeconds(1))
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(IllegalStateException.class);
  }
}
