package govcloud.domain.operation;

/** A dangerous command as the text that people read and sign. */
public final class CommandText {

  private CommandText() {}

  /**
   * One line for each fact, each ended by a line feed. Two commands never have the same text: the
   * name of the operation stands in it, and is used once.
   *
   * @param cloud its name
   * @param operation its name
   * @param state of the operation, which has been opened
   */
  public static String of(String cloud, String operation, OperationState state) {
    return "govcloud command 1\n"
        + line("cloud", cloud)
        + line("operation", operation)
        + line("command", state.kind())
        + line("subject", state.subject())
        + line("asked by", state.requester())
        + line("asked at", state.createdAt().orElseThrow().toString());
  }

  private static String line(String name, String value) {
    if (value.chars().anyMatch(letter -> letter < ' ')) {
      throw new IllegalArgumentException(name + ": with control characters (expected: one line)");
    }
    return name + ": " + value + "\n";
  }
}
