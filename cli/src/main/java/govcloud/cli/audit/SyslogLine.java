package govcloud.cli.audit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An audit record as a message of RFC 5424, with everything in its structured data. Whatever the
 * texts of the record are, the message is one line and nothing can leave its place in it.
 */
final class SyslogLine {

  /** Facility 13, log audit. */
  private static final int FACILITY = 13;

  private static final int ALERT = 1;
  private static final int WARNING = 4;
  private static final int NOTICE = 5;
  private static final int INFORMATIONAL = 6;

  /** The number that RFC 5612 sets aside for documents; the format names no owner. */
  private static final String ELEMENT = "audit@32473";

  private static final List<String> PARAMETERS =
      List.of(
          "outcome",
          "code",
          "person",
          "role",
          "through",
          "tenant",
          "object",
          "source",
          "request_id",
          "count",
          "stream",
          "sequence",
          "index");

  private SyslogLine() {}

  static String of(JsonNode record) {
    StringBuilder line = new StringBuilder();
    line.append('<').append(FACILITY * 8 + severity(record)).append(">1 ");
    line.append(header(micros(record.path("at").asText())));
    line.append(" - govcloud - ").append(header(record.path("action").asText()));
    line.append(" [").append(ELEMENT);
    for (String name : PARAMETERS) {
      String value = record.path(name).asText();
      if (!value.isEmpty()) {
        line.append(' ').append(name).append("=\"").append(escaped(value)).append('"');
      }
    }
    return line.append(']').toString();
  }

  private static int severity(JsonNode record) {
    return switch (record.path("outcome").asText()) {
      case "alarm" -> ALERT;
      case "denied" -> WARNING;
      case "failed" -> NOTICE;
      default -> INFORMATIONAL;
    };
  }

  /** RFC 5424 allows six digits of a second and no more. */
  private static String micros(String time) {
    return time.replaceFirst("(\\.\\d{6})\\d+", "$1");
  }

  /** Printable US-ASCII without spaces, 32 at most; or a dash. */
  private static String header(String text) {
    String plain = text.replaceAll("[^!-~]", "");
    return plain.isEmpty() ? "-" : plain.substring(0, Math.min(32, plain.length()));
  }

  private static String escaped(String value) {
    return value.replaceAll("\\p{Cntrl}", " ").replaceAll("([\"\\\\\\]])", "\\\\$1");
  }
}
