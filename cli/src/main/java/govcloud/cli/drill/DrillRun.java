package govcloud.cli.drill;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a drill. */
@Command(
    name = "run",
    description = {
      "Rehearse the recovery now: restore and prove everything that the sibling has, in a"
          + " Cassandra",
      "of its own; start a node on it and work in every app; measure; clean up; sign a report.",
      "This cloud and its replica are not touched."
    },
    footer = {
      "govcloud drill run --asked-by zhang --approved-by li",
      "govcloud drill run --sample 4 --asked-by zhang --approved-by li",
      "govcloud drill run --due"
    })
final class DrillRun extends DrillTask {
  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Only N slices, others each day; proved, but without a node.")
  private Integer sample;

  @Option(names = "--asked-by", paramLabel = "NAME", description = "Who wants it.")
  private String askedBy;

  @Option(
      names = "--approved-by",
      paramLabel = "NAME",
      description = "Who approves it: somebody else.")
  private String approvedBy;

  @Option(
      names = "--due",
      description = {
        "Run what the schedule says, if anything is due, in the names that are in it; for a timer."
      })
  private boolean due;

  @Override
  ExitCode run(DrillPlaces where) {
    if (!due) {
      return start(where, Optional.ofNullable(sample), askedBy, approvedBy);
    }
    DrillSchedule schedule = DrillSchedule.read(where.drills());
    Optional<DrillSchedule.Kind> kind = schedule.due(clock().instant(), drills(where));
    if (kind.isEmpty()) {
      terminal().say("No drill is due.");
      return ExitCode.OK;
    }
    Optional<Integer> slices =
        kind.get() == DrillSchedule.Kind.SAMPLE ? Optional.of(schedule.slices()) : Optional.empty();
    return start(where, slices, schedule.askedBy(), schedule.approvedBy());
  }

  private ExitCode start(
      DrillPlaces where, Optional<Integer> slices, String asks, String approves) {
    if (!Files.exists(where.key())) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "DRILL_KEY_MISSING",
          "drill key: "
              + where.key()
              + " (expected: made by `govcloud keys drill "
              + where.key()
              + "`)");
    }
    List<String> line =
        new ArrayList<>(List.of(Installation.root().resolve("recover").toString(), "drill", "run"));
    line.add("--archive=" + where.archive());
    line.add("--drill-key=" + where.key());
    line.add("--drill-grants=" + where.grants());
    line.add("--drills=" + where.drills());
    line.add("--output=" + output().format());
    slices.ifPresent(count -> line.add("--sample=" + count));
    Optional.ofNullable(asks).ifPresent(name -> line.add("--asked-by=" + name));
    Optional.ofNullable(approves).ifPresent(name -> line.add("--approved-by=" + name));
    return tool(line);
  }

  /** Another program, as an operator would run it; it says everything itself. */
  private static ExitCode tool(List<String> line) {
    try {
      int code = new ProcessBuilder(line).inheritIO().start().waitFor();
      return Arrays.stream(ExitCode.values())
          .filter(known -> known.number() == code)
          .findFirst()
          .orElse(ExitCode.FAILED);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "DRILL_FAILED", "Cannot run " + line.get(0) + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    }
  }
}
