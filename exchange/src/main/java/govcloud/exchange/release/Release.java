package govcloud.exchange.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.sharing.AgreementTerms.Field;
import govcloud.domain.sharing.Masking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a provider's records is let out: the wanted fields and no others, each masked.
 *
 * @param records in the order of the provider
 * @param masked names of the fields of which something is hidden
 */
public record Release(List<ObjectNode> records, SortedSet<String> masked) {

  /** Nothing. */
  public static final Release NOTHING = new Release(List.of(), new TreeSet<>());

  public Release {
    records = List.copyOf(records);
    masked = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(masked));
  }

  /**
   * Minimises and masks.
   *
   * @param fields what is let out of which field, in the order of the answer
   * @param claims what the consumer says values are, by field, for predicates
   * @param key for hashes of this agreement alone
   */
  public static Release of(
      List<? extends JsonNode> records,
      List<Field> fields,
      Map<String, String> claims,
      byte[] key) {
    List<ObjectNode> released = new ArrayList<>();
    SortedSet<String> masked = new TreeSet<>();
    for (Field field : fields) {
      if (field.masking().rule() != Masking.Rule.PLAIN) {
        masked.add(field.item());
      }
    }
    for (JsonNode record : records) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      for (Field field : fields) {
        String name = field.item();
        MaskedValue.of(record.path(name), field.masking(), claims.get(name), key)
            .ifPresent(value -> answer.set(name, value));
      }
      released.add(answer);
    }
    return new Release(released, masked);
  }

  /**
   * The values of each field over all records, as they are let out; for commitments. Where a record
   * has none, null stands in its place: which value is whose is committed to as well.
   */
  public Map<String, List<JsonNode>> columns() {
    Map<String, List<JsonNode>> columns = new LinkedHashMap<>();
    records.forEach(
        record ->
            record.fieldNames().forEachRemaining(name -> columns.put(name, new ArrayList<>())));
    records.forEach(
        record ->
            columns.forEach(
                (name, values) ->
                    values.add(record.has(name) ? record.get(name) : NullNode.getInstance())));
    return columns;
  }
}
