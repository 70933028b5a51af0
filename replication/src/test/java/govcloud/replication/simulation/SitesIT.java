package govcloud.replication.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A site that is given up while it may still be alive, in histories; docs/fencing.md states what is
 * promised. {@code -Dreplication.sites.seeds=100000} plays more, {@code -Dreplication.sites.seed=N}
 * plays one and prints how it ends.
 */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class SitesIT {
  private static final int BUG_HISTORIES = 1_000;

  @Test
  void histories_ofSitesGivenUp_keepEveryPromise() {
    Long single = Long.getLong("replication.sites.seed");
    if (single != null) {
      System.out.println(SitesSimulation.replay(single));
    }
    long first = single != null ? single : 0;
    long seeds = single != null ? 1 : Long.getLong("replication.sites.seeds", 2_000);
    Player simulation = PatchedCore.simulation(SitesSimulation.class);
    for (long seed = first; seed < first + seeds; seed++) {
      if (!simulation.play(seed).isEmpty()) {
        throw new AssertionError(SitesSimulation.replay(seed));
      }
    }
    System.out.println(simulation);
    if (seeds >= 500) {
      assertThat(simulation.toString()).startsWith("complete");
    }
  }

  static List<SeededBug> bugs() {
    return List.of(
        SeededBug.of(
            "fenceNotLookedAt",
            "archive.ReplicaTrust",
            "if (keys.isFenced(key, name.kind(), name.slice(), name.number())) {",
            "if (name.number() < 0) {"),
        SeededBug.of(
            "holdNotLookedAt",
            "archive.ReplicaTrust",
            "if (keys.isHeld(origin)) {",
            "if (false) {"),
        SeededBug.of(
            "oneSegmentTooMany",
            "statement.SiteEnd",
            "case SEGMENT -> number > segments.getOrDefault(slice, 0L);",
            "case SEGMENT -> number > segments.getOrDefault(slice, 0L) + 1;"),
        SeededBug.of(
            "oneSegmentTooFew",
            "statement.SiteEnd",
            "case SEGMENT -> number > segments.getOrDefault(slice, 0L);",
            "case SEGMENT -> number >= segments.getOrDefault(slice, 0L);"),
        SeededBug.of(
            "newSiteGivesItselfUp",
            "keys.GivenUpSite",
            "if (end.isPresent() && !own.statements().contains(statement)) {",
            "if (end.isPresent()) {"),
        SeededBug.of(
            "onlyTheNextSiteFences",
            "statement.TrustedKeys",
            ".filter(other -> other.siteEpoch() > key.siteEpoch())",
            ".filter(other -> other.siteEpoch() > key.siteEpoch() + 1)"),
        SeededBug.of(
            "finalCutBeforeAllNodesKnow",
            "keys.DrainWatch",
            "known -> now - known.at() >= settling",
            "known -> true"));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void seededBug_isFound(SeededBug bug) {
    Player simulation = PatchedCore.simulation(SitesSimulation.class, bug);
    String violation = "";
    int seed = 0;
    while (seed < BUG_HISTORIES && violation.isEmpty()) {
      violation = simulation.play(seed++);
    }
    assertThat(violation).as("violation of %s", bug).isNotEmpty();
  }
}
