package govcloud.cli.command;

import govcloud.cli.local.CloudHome;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Option;

/** Where the cloud on this machine lives. */
public final class HomeOption {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Folder of the cloud. Default: GOVCLOUD_HOME, or .govcloud beside the command.")
  private Path home;

  /** The folder: option, variable, or the usual place. */
  public CloudHome home(Map<String, String> variables) {
    if (home != null) {
      return new CloudHome(home);
    }
    String named = variables.getOrDefault("GOVCLOUD_HOME", "");
    return new CloudHome(
        named.isEmpty() ? Installation.root().resolve(".govcloud") : Path.of(named));
  }
}
