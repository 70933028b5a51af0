package govcloud.node.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as this API reads and writes it: strict in, snake_case and without absent members out. */
public final class Json {

  /** How deeply a body may be nested. */
  static final int MAX_DEPTH = 32;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .build();

  private static final ObjectMapper STRICT =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength(1 << 20)
                          .maxNumberLength(100)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private Json() {}

  /** The mapper for everything that is ours; callers must not configure it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** Reads a body; fails with a problem that names line and column. */
  public static JsonNode read(byte[] body) {
    try {
      var node = STRICT.readTree(body);
      if (node == null || node.isMissingNode()) {
        throw Problem.of(BorderCode.BODY_MISSING, "body: empty (expected: JSON)").asException();
      }
      HalfCharacters.refuse(node);
      return node;
    } catch (StreamConstraintsException tooMuch) {
      throw Problem.of(
              BorderCode.JSON_TOO_DEEP,
              place(tooMuch) + " (expected: at most " + MAX_DEPTH + " levels)")
          .asException();
    } catch (JsonProcessingException malformed) {
      throw Problem.of(BorderCode.JSON_MALFORMED, place(malformed)).asException();
    } catch (CharConversionException notText) {
      // Jackson takes some beginnings for UTF-32.
      throw Problem.of(
              BorderCode.JSON_MALFORMED, "body: " + notText.getMessage() + " (expected: UTF-8)")
          .asException();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static String place(JsonProcessingException problem) {
    var at = problem.getLocation();
    var where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    return where + problem.getOriginalMessage();
  }

  /** The same bytes for the same content, in whatever order its members came. */
  static byte[] canonical(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(MAPPER.treeToValue(node, Object.class));
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Writes anything as JSON. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
