package govcloud.node.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.exchange.gate.Agreed;
import java.util.List;
import java.util.Optional;

/** Whether a provider answers what was agreed. */
final class AnswerForm {

  private static final int MOST_RECORDS = 1_000;
  private static final int LONGEST = 4_096;

  private AnswerForm() {}

  /** What is wrong with an answer, naming record and field and never a value. */
  static Optional<String> fault(List<ObjectNode> records, Agreed agreed) {
    if (records.size() > MOST_RECORDS) {
      return Optional.of("records: " + records.size() + " (expected: <= " + MOST_RECORDS + ")");
    }
    for (int i = 0; i < records.size(); i++) {
      for (var field : agreed.terms().fields()) {
        var name = field.item();
        var value = records.get(i).path(name);
        if (value.isFloatingPointNumber()) {
          return Optional.of(
              "record " + i + ", field " + name + ": a fraction (expected: decimals as texts)");
        }
        if (value.isContainerNode()) {
          return Optional.of(
              "record " + i + ", field " + name + ": has parts (expected: one value)");
        }
        if (value.asText("").length() > LONGEST) {
          return Optional.of(
              "record %d, field %s: %d characters (expected: <= %d)"
                  .formatted(i, name, value.asText().length(), LONGEST));
        }
      }
    }
    return Optional.empty();
  }
}
