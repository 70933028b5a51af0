package govcloud.exchange.evidence;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an auditor is given of one exchange, so that its verdict can be found again without any
 * cloud. Terms and input are texts, not objects: their hashes are those of these very characters.
 *
 * @param exchange id of the exchange and of its entry
 * @param log key of the ledger
 * @param index of the entry
 * @param terms RFC 8785 form of the agreement's terms; none: this cloud never had them
 * @param input RFC 8785 form of what the policy looked at; none: it was not asked
 * @param openings of fields of the entry, as they were asked for
 */
public record Material(
    String exchange,
    String log,
    long index,
    Optional<String> terms,
    Optional<String> input,
    List<String> openings) {

  /** The first member of each. */
  public static final String FORMAT = "govcloud exchange material v1";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final Set<String> TEXTS = Set.of("format", "exchange", "log", "terms", "input");
  private static final Set<String> NEEDED = Set.of("format", "exchange", "log", "index");

  public Material {
    openings = List.copyOf(openings);
  }

  /** As a document, which {@link #parse} reads. */
  public Map<String, Object> document() {
    Map<String, Object> document = new TreeMap<>();
    document.put("format", FORMAT);
    document.put("exchange", exchange);
    document.put("log", log);
    document.put("index", index);
    terms.ifPresent(text -> document.put("terms", text));
    input.ifPresent(text -> document.put("input", text));
    document.put("openings", openings);
    return document;
  }

  /**
   * Reads a file.
   *
   * @param place what the file is called
   */
  public static Material parse(byte[] file, String place) throws LedgerException {
    JsonNode json;
    try {
      json = JSON.readTree(file);
    } catch (IOException e) {
      throw malformed(place, "no JSON");
    }
    if (json == null || !json.isObject()) {
      throw malformed(place, "no object");
    }
    for (String name : NEEDED) {
      require(json.has(name), place, name, "absent");
    }
    List<String> openings = new ArrayList<>();
    for (var member : json.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (TEXTS.contains(name)) {
        require(value.isTextual(), place, name, "no text");
      } else if (name.equals("index")) {
        require(value.isIntegralNumber() && value.canConvertToLong(), place, name, "no number");
      } else {
        require(name.equals("openings") && value.isArray(), place, name, "unknown, or no list");
        for (JsonNode one : value) {
          require(one.isTextual(), place, name, "not of texts");
          openings.add(one.textValue());
        }
      }
    }
    require(json.path("format").asText().equals(FORMAT), place, "format", "of another kind");
    return new Material(
        json.path("exchange").asText(),
        json.path("log").asText(),
        json.path("index").asLong(),
        Optional.ofNullable(json.path("terms").textValue()),
        Optional.ofNullable(json.path("input").textValue()),
        openings);
  }

  private static void require(boolean condition, String place, String member, String found)
      throws LedgerException {
    if (!condition) {
      throw malformed(place + "#/" + member, found);
    }
  }

  private static LedgerException malformed(String place, String found) {
    return new LedgerException(
        LedgerDefect.LEDGER_MALFORMED, place, found + " (expected: a " + FORMAT + ")");
  }
}
