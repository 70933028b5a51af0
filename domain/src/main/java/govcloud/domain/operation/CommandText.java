package govcloud.domain.operation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A dangerous command as the text that people read and sign. */
public final class CommandText {

  private static final String TITLE = "govcloud command 1\n";
  private static final List<String> FACTS =
      List.of("cloud", "operation", "command", "subject", "asked by", "asked at");

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
    return TITLE
        + line("cloud", cloud)
        + line("operation", operation)
        + line("command", state.kind())
        + line("subject", state.subject())
        + line("asked by", state.requester())
        + line("asked at", state.createdAt().orElseThrow().toString());
  }

  /**
   * The facts of a text, by the names that they have in it.
   *
   * @throws IllegalArgumentException if it is not exactly what {@link #of} gives for some command
   */
  public static Map<String, String> read(String text) {
    var facts = new LinkedHashMap<String, String>();
    var again = new StringBuilder(TITLE);
    for (var line : text.substring(Math.min(TITLE.length(), text.length())).split("\n", -1)) {
      var parts = line.split(": ", 2);
      if (parts.length == 2 && facts.put(parts[0], parts[1]) == null) {
        again.append(line).append('\n');
      }
    }
    if (!again.toString().equals(text) || !List.copyOf(facts.keySet()).equals(FACTS)) {
      throw new IllegalArgumentException("command: not one (expected: the facts " + FACTS + ")");
    }
    return facts;
  }

  private static String line(String name, String value) {
    if (value.chars().anyMatch(letter -> letter < ' ')) {
      throw new IllegalArgumentException(name + ": with control characters (expected: one line)");
    }
    return name + ": " + value + "\n";
  }
}
