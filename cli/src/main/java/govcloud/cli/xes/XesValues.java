package govcloud.cli.xes;

import govcloud.cli.xes.XesException.Code;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Pattern;

/** The lexical forms of XES values. */
final class XesValues {
  private static final Pattern INT = Pattern.compile("[+-]?\\d{1,19}");
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|NaN|[+-]?(INF|Infinity)");

  private XesValues() {}

  /** What was expected, if the value does not fit its type. */
  static Optional<String> check(XesAttribute.Type type, String value) {
    return switch (type) {
      case DATE ->
          instant(value).isPresent()
              ? Optional.empty()
              : Optional.of("a date such as 2026-03-02T09:15:27.113+08:00");
      case INT -> INT.matcher(value).matches() ? Optional.empty() : Optional.of("a whole number");
      case FLOAT -> FLOAT.matcher(value).matches() ? Optional.empty() : Optional.of("a number");
      case BOOLEAN ->
          value.equals("true") || value.equals("false") || value.equals("0") || value.equals("1")
              ? Optional.empty()
              : Optional.of("true or false");
      case STRING, ID, LIST, CONTAINER -> Optional.empty();
    };
  }

  /** The instant of a date; one without an offset counts as UTC. */
  static Optional<Instant> instant(String value) {
    try {
      return Optional.of(OffsetDateTime.parse(value).toInstant());
    } catch (DateTimeException e) {
      return withoutOffset(value);
    }
  }

  private static Optional<Instant> withoutOffset(String value) {
    try {
      return Optional.of(LocalDateTime.parse(value).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Turns the XML parser's words into a code; its messages end with what matters. */
  static XesException describe(String message, int line, int column) {
    String text = message.substring(message.lastIndexOf("Message: ") + 1).replace('\n', ' ');
    if (message.contains("Message: ")) {
      text = message.substring(message.lastIndexOf("Message: ") + "Message: ".length());
    }
    boolean truncated =
        text.contains("must start and end within the same entity")
            || text.contains("Premature end");
    return truncated
        ? new XesException(Code.XES_TRUNCATED, line, column, "the input ends before the log does")
        : new XesException(Code.XES_NOT_XML, line, column, text);
  }
}
