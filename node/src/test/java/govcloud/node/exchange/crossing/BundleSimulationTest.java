package govcloud.node.exchange.crossing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two clouds whose processes die at any step, and gateways that lose, double and delay files:
 * nothing is lost, nothing is there twice, and nothing is taken for an attack.
 */
class BundleSimulationTest {
  private static final int SEEDS = Integer.getInteger("crossing.simulation.seeds", 20);
  private static final int QUERIES = 12;
  private static final int MOST_ROUNDS = 3_000;

  /** The process is gone. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** One history. */
  private static final class World {
    private final Random random;
    private final BundleSide mountain;
    private final BundleSide harbour;
    private final Map<String, SignedMessage> answers = new HashMap<>();
    private final Map<String, Set<ByteString>> dropped = new HashMap<>();
    private final List<Map.Entry<String, ByteString>> late = new ArrayList<>();
    private Instant now = CrossingSamples.AT;
    private boolean calm;
    private int kills;
    private int lost;

    World(long seed) {
      random = new Random(seed);
      calm = true;
      mountain =
          new BundleSide(
              CrossingSamples.MOUNTAIN, CrossingSamples.HARBOUR, 11, this::step, () -> now);
      harbour =
          new BundleSide(
              CrossingSamples.HARBOUR, CrossingSamples.MOUNTAIN, 12, this::step, () -> now);
      calm = false;
    }

    private void step() {
      if (!calm && random.nextInt(60) == 0) {
        kills++;
        throw new Killed();
      }
    }

    void round(int number) throws IOException {
      now = now.plusSeconds(1);
      calm = number > MOST_ROUNDS / 2;
      for (var side : List.of(mountain, harbour)) {
        try {
          if (side == mountain) {
            ask(number);
          }
          side.run();
        } catch (Killed e) {
          side.begin();
        }
      }
      carry(mountain.outbox, harbour.inbox);
      carry(harbour.outbox, mountain.inbox);
    }

    /** As a query that waits is asked for again and again. */
    private void ask(int number) {
      var questions = new Questions(mountain.store, mountain.inspection());
      for (int i = 0; i < Math.min(QUERIES, number / 3); i++) {
        var name = "m-" + i;
        if (!answers.containsKey(name)) {
          try {
            questions
                .ask("harbour", name, Optional.of(() -> mountain.query(name)))
                .ifPresent(answered -> answers.put(name, whole(questions, answered)));
          } catch (CrossingException e) {
            throw new AssertionError(e);
          }
        }
      }
    }

    /** With the last part all others have come. */
    private static SignedMessage whole(Questions questions, CloudLink.Answered answered) {
      try {
        var parts = answered.answer().body().path(BundleParts.PARTS).asInt();
        for (int part = 0; part < parts; part++) {
          var one = questions.part("harbour", answered, part).answer();
          assertThat(one.body().path(BundleParts.PART).asInt()).isEqualTo(part);
          assertThat(one.text("/records/0/made"))
              .as("of one run with the end")
              .isEqualTo(answered.answer().text("/records/0/made"));
        }
        return answered.answer();
      } catch (CrossingException e) {
        throw new AssertionError(e);
      }
    }

    private void carry(MemoryFolder from, MemoryFolder to) {
      for (var name : List.copyOf(from.files.keySet())) {
        var file = from.files.get(name);
        if (name.endsWith(".bundle")) {
          dropped.computeIfAbsent(name, key -> new java.util.HashSet<>()).add(file);
        }
        int chance = calm ? 9 : random.nextInt(10);
        if (chance < 3) {
          continue;
        }
        from.files.remove(name);
        if (chance < 5) {
          lost++;
        } else {
          to.files.put(name, file);
        }
        if (chance == 6) {
          late.add(Map.entry(name, file));
        }
      }
      if (!calm && !late.isEmpty() && random.nextInt(3) == 0) {
        var again = late.remove(random.nextInt(late.size()));
        (again.getKey().startsWith("mountain") ? harbour : mountain)
            .inbox.files.put(again.getKey(), again.getValue());
      }
    }

    boolean isOver() {
      return answers.size() == QUERIES
          && mountain.store.waiting() == 0
          && harbour.store.waiting() == 0;
    }
  }

  @Tag("slow")
  @Test
  void processesThatDie_andGatewaysThatLose_loseAndDoubleNothing() throws IOException {
    int kills = 0;
    int lost = 0;
    for (int number = 1; number <= SEEDS; number++) {
      int seed = number;
      var world = new World(seed);
      int round = 0;
      while (!world.isOver() && round < MOST_ROUNDS) {
        world.round(round++);
      }
      var names = new TreeSet<String>();
      for (int i = 0; i < QUERIES; i++) {
        names.add("m-" + i);
      }
      assertThat(world.answers.keySet()).as("seed %d: answered", seed).isEqualTo(names);
      assertThat(world.harbour.ledger.keySet())
          .as("seed %d: recorded where the data are", seed)
          .containsExactlyInAnyOrderElementsOf(names);
      world.answers.forEach(
          (name, answer) -> {
            assertThat(answer.text("/records/0/plate")).as("answer to it").isEqualTo(name);
            assertThat(answer.head().answers())
                .as("seed %d: both clouds name one query of %s", seed, name)
                .isEqualTo(world.harbour.ledger.get(name));
          });
      assertThat(world.mountain.inbox.aside).as("seed %d: false alarms", seed).isEmpty();
      assertThat(world.harbour.inbox.aside).as("seed %d: false alarms", seed).isEmpty();
      world.dropped.forEach(
          (name, files) -> assertThat(files).as("seed %d: %s has one form", seed, name).hasSize(1));
      assertThat(world.isOver()).as("seed %d: nothing is left to be sent", seed).isTrue();
      kills += world.kills;
      lost += world.lost;
    }
    assertThat(kills).as("processes that died").isGreaterThan(SEEDS * 5);
    assertThat(lost).as("files that were lost").isGreaterThan(SEEDS * 5);
  }
}
