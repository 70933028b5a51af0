package govcloud.node.catalogue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** How big a form may be. */
final class FormLimits {

  /** Longest form in characters of JSON text. */
  static final int MAXIMUM_CHARACTERS = 262_144;

  /** Deepest nesting of objects and lists. */
  static final int MAXIMUM_DEPTH = 32;

  private static final int MAXIMUM_NUMBER = 100;

  private FormLimits() {}

  /** A mapper that reads one JSON document within the limits and without duplicate members. */
  static JsonMapper mapper() {
    var factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAXIMUM_DEPTH)
                    .maxNumberLength(MAXIMUM_NUMBER)
                    .maxStringLength(MAXIMUM_CHARACTERS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build();
  }

  /** Why a text of this length is refused, or an empty string. */
  static String tooLong(String json) {
    return json.length() <= MAXIMUM_CHARACTERS
        ? ""
        : "form: " + json.length() + " characters (expected: at most " + MAXIMUM_CHARACTERS + ")";
  }
}
