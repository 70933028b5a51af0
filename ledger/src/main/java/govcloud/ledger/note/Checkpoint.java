package govcloud.ledger.note;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.tree.Hash;
import java.util.List;

/**
 * The state of a log (C2SP tlog-checkpoint).
 *
 * @param origin names the log
 * @param size entries of the log
 * @param root over them
 * @param extensions lines of which this house makes none
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

  /** A state without extension lines. */
  public Checkpoint(String origin, long size, Hash root) {
    this(origin, size, root, List.of());
  }

  /**
   * Reads the text of a note.
   *
   * @param name in findings
   */
  public static Checkpoint parse(String text, String name) throws LedgerException {
    List<String> lines = List.of(text.split("\n", -1));
    if (lines.size() < 4 || lines.subList(0, lines.size() - 1).contains("")) {
      throw malformed(name, "not three or more lines that are not empty");
    }
    long size =
        TextForm.number(lines.get(1))
            .orElseThrow(() -> malformed(name, "size: '" + lines.get(1) + "'"));
    byte[] root =
        TextForm.base64(lines.get(2))
            .filter(bytes -> bytes.length == Hash.LENGTH)
            .orElseThrow(() -> malformed(name, "root: '" + lines.get(2) + "'"));
    Checkpoint checkpoint =
        new Checkpoint(lines.get(0), size, Hash.at(root, 0), lines.subList(3, lines.size() - 1));
    if (size == 0 && !checkpoint.root.equals(Hash.EMPTY)) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ROOT_WRONG, name, "of an empty log: " + checkpoint.root);
    }
    return checkpoint;
  }

  /** The text that is signed. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(origin).append('\n').append(size).append('\n').append(root).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static LedgerException malformed(String name, String detail) {
    return new LedgerException(
        LedgerDefect.LEDGER_MALFORMED, name, detail + " (expected: a checkpoint)");
  }
}
