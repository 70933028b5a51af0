package govcloud.exchange.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import govcloud.exchange.JsonBytes;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.gate.Query;
import govcloud.exchange.gate.Ruling;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.ledger.tree.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The ledger entry of one exchange. Open are the facts that are about offices; everything about
 * people, and each released field, is a commitment under the secret of this entry alone.
 */
public final class Evidence {
  /** The commitments to what was let out begin so, followed by the field's name. */
  public static final String FIELD = "field.";

  /** Commitment to the data subject's document number. */
  public static final String SUBJECT = "subject";

  /** Commitment to the clerk. */
  public static final String CLERK = "clerk";

  /** Commitment to the cited case. */
  public static final String CASE = "case";

  /** The longest open value. */
  static final int LONGEST = 255;

  private Evidence() {}

  /**
   * The entry.
   *
   * @param id of the exchange, 32 hexadecimal digits
   * @param released values of each field, by name; empty where nothing is let out
   * @param signed what another cloud has signed of it, by name; empty within a cloud
   * @param secret 32 random bytes of this exchange alone
   */
  public static Entry of(
      String id,
      Agreed agreed,
      Query query,
      Ruling ruling,
      Map<String, List<JsonNode>> released,
      Map<String, String> signed,
      byte[] secret) {
    SortedMap<String, String> open = new TreeMap<>();
    open.put("agreement", ascii(agreed.id()));
    open.put("address", agreed.address());
    agreed
        .activationAt(query.at())
        .ifPresent(activation -> open.put("activation", "" + activation.number()));
    open.put("provider", ascii(agreed.terms().provider()));
    open.put("consumer", ascii(query.consumer()));
    open.put("resource", ascii(agreed.terms().resource()));
    open.put("role", ascii(query.role()));
    open.put("decision", ruling.permit() ? "permit" : "deny");
    ruling.refusal().ifPresent(refusal -> open.put("code", refusal.code()));
    ruling
        .verdict()
        .ifPresent(
            verdict -> {
              open.put("policy", verdict.policyHash());
              open.put("input", verdict.inputHash());
            });
    if (!released.isEmpty()) {
      open.put("fields", ascii(String.join(",", released.keySet())));
    }
    signed.forEach((name, value) -> open.put(name, ascii(value)));
    FieldKeys keys = new FieldKeys(secret);
    SortedMap<String, Hash> closed = new TreeMap<>();
    commit(closed, keys, SUBJECT, query.subject());
    commit(closed, keys, CLERK, query.person());
    commit(closed, keys, CASE, query.caseId());
    released.forEach(
        (name, values) -> closed.put(FIELD + name, keys.commit(FIELD + name, bytes(values))));
    return new Entry(query.at().toEpochMilli(), id, open, closed);
  }

  private static void commit(
      SortedMap<String, Hash> closed, FieldKeys keys, String name, String value) {
    closed.put(name, keys.commit(name, value.getBytes(StandardCharsets.UTF_8)));
  }

  /** What a commitment to the values of a field is made of. */
  public static byte[] bytes(List<JsonNode> values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    values.forEach(array::add);
    return JsonBytes.of(array);
  }

  /** A ledger holds printable ASCII alone; anything else is spelled out, and cut. */
  static String ascii(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
        .forEach(
            point ->
                plain.append(
                    point >= ' ' && point <= '~'
                        ? Character.toString(point)
                        : "\\u{%x}".formatted(point)));
    return plain.length() <= LONGEST ? plain.toString() : plain.substring(0, LONGEST);
  }
}
