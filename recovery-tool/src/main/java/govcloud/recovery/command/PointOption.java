package govcloud.recovery.command;

import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Up to where. */
final class PointOption {
  @Option(
      names = "--cut",
      paramLabel = "N",
      description = "Exactly a cut. Default: everything that the sibling has.")
  private Long cut;

  OptionalLong cut() {
    return cut == null ? OptionalLong.empty() : OptionalLong.of(cut);
  }
}
