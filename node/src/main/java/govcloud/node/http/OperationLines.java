package govcloud.node.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A text among the resources that says something about operations, with a line for each of them:
 * its name, then words. What follows a {@code #} is a comment.
 */
public final class OperationLines {

  private OperationLines() {}

  /** The text of a resource, such as {@code permissions.txt}. */
  public static String text(String file) {
    try (var in = OperationLines.class.getResourceAsStream("/" + file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": not readable", e);
    }
  }

  /**
   * What the lines say, by operation.
   *
   * @param file its name, for messages
   * @param meaning of the words of a line, of which the first is the operation
   * @throws IllegalStateException when an operation has no line or several, or a line no operation
   */
  public static <T> Map<String, T> read(
      String file, String text, Contract contract, Function<List<String>, T> meaning) {
    Map<String, T> lines =
        text.lines()
            .map(line -> line.replaceAll("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .map(line -> List.of(line.split("\\s+")))
            .collect(
                Collectors.toMap(
                    words -> words.get(0),
                    meaning,
                    (one, other) -> {
                      throw new IllegalStateException(file + ": an operation twice");
                    },
                    TreeMap::new));
    var missing = new TreeSet<>(contract.operationIds());
    missing.removeAll(lines.keySet());
    var unknown = new TreeSet<>(lines.keySet());
    unknown.removeAll(contract.operationIds());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalStateException(
          "%s: operations without line %s, lines without operation %s"
              .formatted(file, missing, unknown));
    }
    return lines;
  }
}
