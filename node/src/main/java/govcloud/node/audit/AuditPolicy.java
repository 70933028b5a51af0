package govcloud.node.audit;

import govcloud.node.http.Contract;
import govcloud.node.http.OperationLines;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is written down about which operation: {@code audited.txt}, with a line for each. */
final class AuditPolicy {

  private static final String FILE = "audited.txt";

  /** How much of an operation is written down. */
  enum Level {
    /** Only that it was denied. */
    DENIALS,
    /** Also that it was done; the record may be on its way when the answer leaves. */
    ACCESS,
    /** It is not begun before its record is in the journal. */
    COMMAND
  }

  private final Map<String, Level> levels;

  private AuditPolicy(Map<String, Level> levels) {
    this.levels = levels;
  }

  /**
   * Reads the table.
   *
   * @throws IllegalStateException when an operation has no line, or a line no operation
   */
  static AuditPolicy load(Contract contract) {
    return of(OperationLines.text(FILE), contract);
  }

  static AuditPolicy of(String text, Contract contract) {
    return new AuditPolicy(OperationLines.read(FILE, text, contract, AuditPolicy::level));
  }

  private static Level level(List<String> words) {
    var word = words.size() == 2 ? words.get(1) : String.join(" ", words);
    return List.of(Level.values()).stream()
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    FILE + ": " + word + " (expected: denials, access or command)"));
  }

  /** How much is written down; of what the contract does not have, denials alone. */
  Level of(String operation) {
    return levels.getOrDefault(operation, Level.DENIALS);
  }
}
