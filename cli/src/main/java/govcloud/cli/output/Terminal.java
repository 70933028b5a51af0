package govcloud.cli.output;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The outside of a command: its streams and its surroundings. Data goes to {@code out}, everything
 * else to {@code err}.
 *
 * @param interactive whether a person looks at {@code err}: progress is drawn, questions are asked
 * @param variables environment variables
 */
public record Terminal(
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean interactive,
    Map<String, String> variables) {

  private static final int USUAL_COLUMNS = 80;

  public Terminal {
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
    variables = Map.copyOf(variables);
  }

  /** Whether colours may be used: a person looks, and NO_COLOR is not set. */
  public boolean colours() {
    boolean refused = !variables.getOrDefault("NO_COLOR", "").isEmpty();
    return interactive && !refused && !"dumb".equals(variables.get("TERM"));
  }

  /** Width in characters. */
  public int columns() {
    String columns = variables.getOrDefault("COLUMNS", "");
    return columns.matches("[0-9]{2,4}") ? Integer.parseInt(columns) : USUAL_COLUMNS;
  }

  /** The language of the user: {@code zh} when the environment says so, else {@code en}. */
  public String language() {
    for (String name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
      String value = variables.getOrDefault(name, "");
      if (!value.isEmpty()) {
        return value.startsWith("zh") ? "zh" : "en";
      }
    }
    return "en";
  }

  /** Text in a colour, where colours may be used. */
  public String paint(Colour colour, String text) {
    return colours() ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
  }

  /** A message that is not data. */
  public void say(String message) {
    err.println(message);
    err.flush();
  }

  /** The few colours in use; meaning never depends on them alone. */
  public enum Colour {
    /** Done, healthy. */
    GREEN(32),
    /** Look at it. */
    YELLOW(33),
    /** Broken. */
    RED(31),
    /** Less important. */
    GREY(90),
    /** A heading. */
    BOLD(1);

    private final int code;

    Colour(int code) {
      this.code = code;
    }
  }
}
