package govcloud.cli.drill;

import govcloud.cli.command.HomeOption;
import govcloud.cli.local.CloudHome;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a drill finds and leaves things; usually all in or beside the cloud's home. */
final class DrillPlaces {
  @Mixin private HomeOption homeOption;

  @Option(
      names = "--drills",
      paramLabel = "FOLDER",
      description = "The folder of all drills. Default: `drills` in the home.")
  private Path drills;

  @Option(
      names = "--archive",
      paramLabel = "FOLDER",
      description = "What the sibling received. Default: that of the sibling beside the home.")
  private Path archive;

  @Option(
      names = "--drill-key",
      paramLabel = "FILE",
      description = "The drill key. Default: `drill.key` in the home.")
  private Path key;

  @Option(
      names = "--drill-grants",
      paramLabel = "FOLDER",
      description = "What was granted to it. Default: `keys/drill` in the home.")
  private Path grants;

  private Map<String, String> variables = Map.of();

  DrillPlaces in(Map<String, String> environment) {
    variables = environment;
    return this;
  }

  private CloudHome home() {
    return homeOption.home(variables);
  }

  private Path inHome(String name) {
    return home().folder().resolve(name);
  }

  Path drills() {
    return Optional.ofNullable(drills).orElseGet(() -> inHome("drills"));
  }

  Path archive() {
    return Optional.ofNullable(archive)
        .orElseGet(() -> home().sibling().folder().resolve("received"));
  }

  Path key() {
    return Optional.ofNullable(key).orElseGet(() -> inHome("drill.key"));
  }

  Path grants() {
    return Optional.ofNullable(grants).orElseGet(() -> keys().resolve("drill"));
  }

  /** The cloud's own keys, which vouch for the drill key. */
  Path keys() {
    return inHome("keys");
  }
}
