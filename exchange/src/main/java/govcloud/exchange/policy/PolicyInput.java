package govcloud.exchange.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.exchange.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that a policy may look at: the values of all variables of {@link
 * PolicyCompiler#VARIABLES}. Time is one of them, to the second, so that a verdict can be found
 * again years later.
 */
public final class PolicyInput {

  /** Government offices of the whole country keep the time of Beijing. */
  private static final ZoneId OFFICE_TIME = ZoneId.of("Asia/Shanghai");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Object> variables;

  private PolicyInput(Map<String, Object> variables) {
    this.variables = Collections.unmodifiableMap(new TreeMap<>(variables));
  }

  /**
   * The facts of a query.
   *
   * @param consumer the department that asks
   * @param role of the clerk who asks
   * @param matter which matter the cited case is of: the name of its app in the catalogue
   * @param state the process state of the cited case
   * @param purpose what the agreement is for
   * @param subjectKind kind of the data subject, such as {@code person}
   * @param fields names of the wanted fields, in the order of the agreement
   * @param at when it is asked; hour and weekday are those of Beijing
   */
  public static PolicyInput of(
      String consumer,
      String role,
      String matter,
      String state,
      String purpose,
      String subjectKind,
      List<String> fields,
      Instant at) {
    Map<String, Object> all = new TreeMap<>();
    all.put("consumer", consumer);
    all.put("role", role);
    all.put("matter", matter);
    all.put("state", state);
    all.put("purpose", purpose);
    all.put("subject_kind", subjectKind);
    all.put("fields", List.copyOf(fields));
    return new PolicyInput(all).at(at);
  }

  /**
   * Reads facts as examples and records have them. Variables that are not there are empty or 0.
   *
   * @throws IllegalArgumentException if it is no object of variables with their types
   */
  public static PolicyInput parse(String text) {
    JsonNode json;
    try {
      json = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("input: no JSON (expected: an object)", e);
    }
    if (json == null || !json.isObject()) {
      throw new IllegalArgumentException("input: no object (expected: variables by name)");
    }
    Map<String, Object> all = new TreeMap<>(PolicyCompiler.EMPTY);
    json.properties()
        .forEach(member -> all.put(member.getKey(), value(member.getKey(), member.getValue())));
    return new PolicyInput(all);
  }

  private static Object value(String name, JsonNode value) {
    Object empty = PolicyCompiler.EMPTY.get(name);
    if (empty == null) {
      throw new IllegalArgumentException(
          "input: %s (expected: one of %s)".formatted(name, PolicyCompiler.EMPTY.keySet()));
    }
    if (empty instanceof String && value.isTextual()) {
      return value.textValue();
    } else if (empty instanceof Long && value.canConvertToLong() && value.isIntegralNumber()) {
      return value.longValue();
    } else if (empty instanceof List && value.isArray()) {
      List<String> texts = new ArrayList<>();
      for (JsonNode one : value) {
        if (!one.isTextual()) {
          throw new IllegalArgumentException("input: " + name + " (expected: a list of texts)");
        }
        texts.add(one.textValue());
      }
      return List.copyOf(texts);
    }
    String kind =
        empty instanceof String ? "a text" : empty instanceof Long ? "a whole number" : "a list";
    throw new IllegalArgumentException("input: " + name + " (expected: " + kind + ")");
  }

  Map<String, Object> variables() {
    return variables;
  }

  /** The same facts at a moment: with its second, hour and weekday. */
  public PolicyInput at(Instant moment) {
    var time = moment.atZone(OFFICE_TIME);
    Map<String, Object> other = new TreeMap<>(variables);
    other.put("at", moment.getEpochSecond());
    other.put("hour", (long) time.getHour());
    other.put("weekday", (long) time.getDayOfWeek().getValue());
    return new PolicyInput(other);
  }

  /** The value of a variable that is a text. */
  public String text(String name) {
    return (String) variables.get(name);
  }

  /** Names of the wanted fields. */
  public List<String> fields() {
    List<String> names = new ArrayList<>();
    ((List<?>) variables.get("fields")).forEach(name -> names.add((String) name));
    return names;
  }

  /** The one text that stands for these facts: RFC 8785. */
  public String canonical() {
    return new String(CanonicalJson.bytes(variables), StandardCharsets.UTF_8);
  }

  /** Lower-case hexadecimal SHA-256 of {@link #canonical}. */
  public String hash() {
    return JsonBytes.sha256(canonical());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PolicyInput input && variables.equals(input.variables);
  }

  @Override
  public int hashCode() {
    return variables.hashCode();
  }

  @Override
  public String toString() {
    return canonical();
  }
}
