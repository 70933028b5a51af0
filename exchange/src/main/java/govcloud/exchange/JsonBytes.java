package govcloud.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.domain.sharing.CanonicalJson;
import java.nio.charset.StandardCharsets;

/** The one form in bytes of JSON, and hashes of it. */
public final class JsonBytes {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonBytes() {}

  /**
   * Canonical bytes of a value.
   *
   * @throws IllegalArgumentException for a number that is not whole
   */
  public static byte[] of(JsonNode value) {
    try {
      return CanonicalJson.bytes(MAPPER.treeToValue(value, Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("JSON: not readable (expected: a plain value)", e);
    }
  }

  /** Lower-case hexadecimal SHA-256 of a text. */
  public static String sha256(String text) {
    return CanonicalJson.sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
