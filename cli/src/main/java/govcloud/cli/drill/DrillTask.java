package govcloud.cli.drill;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.command.Json;
import govcloud.cli.command.OutputOption;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command about drills. */
abstract class DrillTask implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DrillPlaces places;
  @Mixin private OutputOption output;

  /** Does it. */
  abstract ExitCode run(DrillPlaces where);

  @Override
  public final Integer call() {
    return run(places.in(terminal().variables())).number();
  }

  final Terminal terminal() {
    return root().terminal();
  }

  final Clock clock() {
    return root().clock();
  }

  private Govcloud root() {
    return (Govcloud) spec.root().userObject();
  }

  /** All drills, the newest first; says which could not be read. */
  final List<JsonNode> drills(DrillPlaces where) {
    DrillReports.Found found = new DrillReports(where.drills()).list();
    found.passedOver().forEach(one -> terminal().say("not to be read: " + one));
    return found.drills();
  }

  final Output output() {
    return new Output(terminal(), output.format(), Json.mapper());
  }
}
