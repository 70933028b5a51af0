package govcloud.faultlab.nemesis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Rounds of faults. The same seed gives the same rounds.
 *
 * @param rounds one after the other; after each everything is healed and must answer again
 */
public record Schedule(List<List<Planned>> rounds) {

  private static final int LONG_PAUSE_SECONDS = 120;
  private static final int STAGGER_SECONDS = 6;

  /** Keeps its own copy. */
  public Schedule {
    rounds = rounds.stream().map(List::copyOf).toList();
  }

  /**
   * A fault to come.
   *
   * @param id counts from 1
   * @param target whom it hits
   * @param afterSeconds from the beginning of its round
   * @param seconds how long it lasts
   * @param dice chooses what else there is to choose, 0 to 999
   */
  public record Planned(
      int id, FaultKind kind, String target, int afterSeconds, int seconds, int dice) {}

  /**
   * As many rounds as asked for, of one to three faults which overlap and hit different targets. No
   * kind comes a second time before every other has come.
   *
   * @param kinds those that this machine can make
   * @param targets whom each sort of fault can hit
   */
  public static Schedule random(
      long seed, int rounds, Set<FaultKind> kinds, Map<FaultKind.Target, List<String>> targets) {
    Random random = new Random(seed);
    List<FaultKind> possible = kinds.stream().sorted().toList();
    List<List<Planned>> all = new ArrayList<>();
    Deque<FaultKind> waiting = new ArrayDeque<>();
    int id = 1;
    for (int i = 0; i < rounds; i++) {
      List<Planned> round = new ArrayList<>();
      int count = 1 + random.nextInt(3);
      for (int j = 0; j < count; j++) {
        FaultKind kind = next(waiting, possible, random);
        List<String> whom = targets.get(kind.target());
        String target = whom.get(random.nextInt(whom.size()));
        Planned planned = planned(random, id, kind, target, j);
        if (fits(round, planned)) {
          round.add(planned);
          id++;
        } else {
          waiting.addLast(kind);
        }
      }
      all.add(round);
    }
    return new Schedule(all);
  }

  private static FaultKind next(Deque<FaultKind> waiting, List<FaultKind> possible, Random random) {
    if (waiting.isEmpty()) {
      List<FaultKind> shuffled = new ArrayList<>(possible);
      Collections.shuffle(shuffled, random);
      waiting.addAll(shuffled);
    }
    return waiting.removeFirst();
  }

  private static Planned planned(Random random, int id, FaultKind kind, String target, int place) {
    int span = kind.mostSeconds() - kind.leastSeconds() + 1;
    int seconds = kind.leastSeconds() + random.nextInt(span);
    boolean paused = kind == FaultKind.NODE_PAUSE || kind == FaultKind.CASSANDRA_PAUSE;
    if (paused && random.nextInt(5) == 0) {
      seconds += random.nextInt(LONG_PAUSE_SECONDS - kind.mostSeconds() + 1);
    }
    int after = place == 0 ? 0 : random.nextInt(STAGGER_SECONDS);
    return new Planned(id, kind, target, after, seconds, random.nextInt(1000));
  }

  /** No target twice, a power cut by itself, and one kind of random loss at a time. */
  private static boolean fits(List<Planned> round, Planned one) {
    return round.stream()
        .noneMatch(
            other ->
                other.target().equals(one.target())
                    || other.kind() == one.kind()
                    || (isLoss(other) && isLoss(one))
                    || isSequencerAndNode(other, one)
                    || isSequencerAndNode(one, other)
                    || other.kind() == FaultKind.POWER_CUT
                    || one.kind() == FaultKind.POWER_CUT);
  }

  /** Which node hosts the sequencer is known only then. */
  private static boolean isSequencerAndNode(Planned one, Planned other) {
    return one.kind() == FaultKind.SEQUENCER_KILL && other.kind().target() == FaultKind.Target.NODE;
  }

  private static boolean isLoss(Planned planned) {
    return planned.kind() == FaultKind.NODE_LOSS || planned.kind() == FaultKind.LINE_LOSS;
  }

  /** One line for each fault. */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rounds.size(); i++) {
      for (Planned planned : rounds.get(i)) {
        text.append("round ").append(i + 1).append(": ").append(planned).append('\n');
      }
    }
    return text.toString();
  }
}
