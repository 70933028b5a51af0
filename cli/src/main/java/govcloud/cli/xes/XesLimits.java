package govcloud.cli.xes;

/**
 * What is read into memory at most.
 *
 * @param depth of nested attributes
 * @param tagBytes of one tag or one stretch of text
 * @param traceEvents events in one trace
 * @param traceAttributes attributes in one trace, nested ones and those of its events included
 */
public record XesLimits(int depth, int tagBytes, int traceEvents, int traceAttributes) {

  /** Limits that real logs stay far below: a trace fits into some tens of megabytes. */
  public static XesLimits standard() {
    return new XesLimits(16, 1 << 20, 100_000, 1_000_000);
  }
}
