package govcloud.exchange.policy;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compiles policies of agreements: conditions on one query. */
public final class PolicyCompiler {

  /** The variables with their values where nothing is known of them. */
  static final Map<String, Object> EMPTY = empty();

  /** The variables with their types. */
  public static final Map<String, CelType> VARIABLES = types();

  private final Expressions expressions = new Expressions(VARIABLES);

  private static Map<String, Object> empty() {
    Map<String, Object> empty = new TreeMap<>();
    for (String text : List.of("consumer", "role", "matter", "state", "purpose", "subject_kind")) {
      empty.put(text, "");
    }
    for (String number : List.of("at", "hour", "weekday")) {
      empty.put(number, 0L);
    }
    empty.put("fields", List.of());
    return empty;
  }

  private static Map<String, CelType> types() {
    Map<String, CelType> types = new TreeMap<>();
    EMPTY.forEach(
        (name, value) ->
            types.put(
                name,
                value instanceof String
                    ? SimpleType.STRING
                    : value instanceof Long ? SimpleType.INT : ListType.create(SimpleType.STRING)));
    return types;
  }

  /**
   * The policy that a text stands for.
   *
   * @throws PolicyException if it does not compile, is not boolean for certain, or is too big
   */
  public Policy compile(String source) throws PolicyException {
    return new Policy(source, expressions.compile(source));
  }
}
