package govcloud.domain.sharing;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A condition on each exchange, with examples of what it lets through and what not. They are run
 * before the agreement can take effect, so that lawyers read what the program does.
 *
 * @param source a CEL expression that gives true or false
 */
public record Policy(String source, List<Example> examples) {

  /** The longest expression, in characters. */
  public static final int LONGEST_SOURCE = 4_096;

  private static final int MOST_EXAMPLES = 50;
  private static final int LONGEST_INPUT = 16_384;

  public Policy {
    Objects.requireNonNull(source, "source");
    examples = List.copyOf(examples);
  }

  /**
   * One input and what must come of it.
   *
   * @param input a JSON object: the variables of the policy by name
   * @param permit whether the policy must let it through
   */
  public record Example(String name, String input, boolean permit) {
    public Example {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(input, "input");
    }

    Map<String, Object> document() {
      return Map.of("name", name, "input", input, "permit", permit);
    }
  }

  void check(String at, Faults faults) {
    faults.text(at + "/source", source, LONGEST_SOURCE);
    faults.size(at + "/examples", examples, 2, MOST_EXAMPLES);
    for (var i = 0; i < examples.size(); i++) {
      var place = at + "/examples/" + i;
      faults.text(place + "/name", examples.get(i).name(), Faults.LONGEST_TITLE);
      faults.text(place + "/input", examples.get(i).input(), LONGEST_INPUT);
    }
    var permits = examples.stream().filter(Example::permit).count();
    faults.require(
        permits >= 1 && permits < examples.size(),
        at + "/examples",
        permits + " of " + examples.size() + " permitted",
        "at least one that is permitted and one that is not");
  }

  /** The policy as a document. */
  Map<String, Object> document() {
    return Map.of("source", source, "examples", examples.stream().map(Example::document).toList());
  }
}
