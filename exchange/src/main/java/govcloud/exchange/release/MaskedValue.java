package govcloud.exchange.release;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import govcloud.domain.sharing.Masking;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How much of a value is let out. Whatever does not have the expected form is hidden as a whole, so
 * that a mistake of the provider shows nothing.
 */
final class MaskedValue {
  private static final String STARS = "***";

  private MaskedValue() {}

  /**
   * What is let out of a value; empty: nothing, not even that there is one.
   *
   * @param claim what the consumer says the value is, for a predicate; null: nothing
   * @param key for hashes of this agreement alone
   */
  static Optional<JsonNode> of(JsonNode value, Masking masking, String claim, byte[] key) {
    boolean plain = value.isValueNode() && !value.isNull();
    return switch (masking.rule()) {
      case HIDDEN -> Optional.empty();
      case PREDICATE -> Optional.of(text(predicate(value, claim).word()));
      case PLAIN -> present(value, plain ? value : text(STARS));
      case ENDS -> present(value, text(plain ? ends(value.asText(), masking) : STARS));
      case HASH -> present(value, text(plain ? hash(value.asText(), key) : STARS));
      case YEAR -> present(value, text(plain ? year(value.asText()) : STARS));
    };
  }

  private static Optional<JsonNode> present(JsonNode value, JsonNode shown) {
    return value.isMissingNode() || value.isNull() ? Optional.empty() : Optional.of(shown);
  }

  private static JsonNode text(String text) {
    return TextNode.valueOf(text);
  }

  private static PredicateAnswer predicate(JsonNode value, String claim) {
    if (claim == null || !value.isValueNode() || value.isNull()) {
      return PredicateAnswer.UNKNOWN;
    }
    return value.asText().equals(claim) ? PredicateAnswer.VALID : PredicateAnswer.NOT_VALID;
  }

  /** Of a value that is not longer than what is kept of it nothing is shown. */
  private static String ends(String value, Masking masking) {
    int[] points = value.codePoints().toArray();
    int hidden = points.length - masking.first() - masking.last();
    if (hidden < 1) {
      return STARS;
    }
    return new String(points, 0, masking.first())
        + "*".repeat(hidden)
        + new String(points, points.length - masking.last(), masking.last());
  }

  private static String year(String value) {
    return value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}.*") ? value.substring(0, 4) : STARS;
  }

  private static String hash(String value, byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256: missing (expected: in every JDK)", e);
    }
  }
}
