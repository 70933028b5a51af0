package govcloud.cli.command;

import govcloud.cli.output.Format;
import picocli.CommandLine.Option;

/** How data and errors are written. */
public final class OutputOption {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "How data and errors are written: ${COMPLETION-CANDIDATES}. Default: table.")
  private Format format;

  /** The form that was asked for. */
  public Format format() {
    return format == null ? Format.table : format;
  }
}
