package govcloud.faultlab.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.faultlab.nemesis.FaultKind.Target;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final Set<FaultKind> ALL = EnumSet.allOf(FaultKind.class);

  private static Schedule schedule(long seed) {
    return Schedule.random(
        seed,
        400,
        ALL,
        Map.of(
            Target.NODE, List.of("g1", "g2", "g3"),
            Target.CASSANDRA, List.of("c1", "c2", "c3"),
            Target.SIBLING, List.of("s1", "s2"),
            Target.SIBLING_DISK, List.of("r1"),
            Target.LINE, List.of("w1"),
            Target.SEQUENCER, List.of("sequencer"),
            Target.WITNESS, List.of("a1"),
            Target.ALL, List.of("all")));
  }

  @Test
  void sameSeed_givesTheSameRounds_anotherSeedOthers() {
    assertThat(schedule(7)).isEqualTo(schedule(7));
    assertThat(schedule(7)).isNotEqualTo(schedule(8));
  }

  @Test
  void rounds_haveOneToThreeFaults_onDifferentTargets() {
    for (var round : schedule(7).rounds()) {
      assertThat(round).hasSizeBetween(1, 3);
      var targets = new HashSet<String>();
      round.forEach(planned -> assertThat(targets.add(planned.target())).isTrue());
    }
  }

  @Test
  void manyRounds_haveEveryKind_andPausesUpToTwoMinutes() {
    var all = schedule(7).rounds().stream().flatMap(List::stream).toList();
    assertThat(all).extracting(Schedule.Planned::kind).containsAll(ALL);
    assertThat(all).extracting(Schedule.Planned::seconds).allMatch(s -> s >= 1 && s <= 120);
    assertThat(all).anyMatch(p -> p.kind() == FaultKind.NODE_PAUSE && p.seconds() > 60);
  }

  @Test
  void noKind_comesTwice_beforeEveryOtherHasCome() {
    for (long seed = 0; seed < 50; seed++) {
      var all = schedule(seed).rounds().stream().flatMap(List::stream).toList();
      assertThat(all.subList(0, ALL.size()))
          .extracting(Schedule.Planned::kind)
          .containsExactlyInAnyOrderElementsOf(ALL);
    }
  }
}
