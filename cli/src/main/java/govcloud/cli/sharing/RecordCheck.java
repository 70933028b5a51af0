package govcloud.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.demo.CitizenNumber;
import govcloud.cli.demo.CreditCode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether records are as the content of their resource says: what the JSON Schema of the resource
 * refuses, and beside it check characters that are wrong. What is found names places and never a
 * value, for records are about people.
 */
final class RecordCheck {

  private static final int LONGEST = 4_096;
  private static final int LONGEST_NAME = 60;
  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Pattern CITIZEN = Pattern.compile("[0-9]{17}[0-9X]");
  private static final Pattern CREDIT = Pattern.compile("[0-9A-HJ-NP-RTUWXY]{18}");
  private static final Pattern MOMENT =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");

  /** An item of the resource. */
  private record Item(String name, String type, boolean needed, int longest) {}

  /**
   * Something that is wrong.
   *
   * @param item as a JSON pointer into the record
   */
  record Finding(String item, String found, String expected) {}

  private final List<Item> items = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** A check of the records of a resource with this content. */
  RecordCheck(JsonNode content) {
    var subject = content.path("subject").asText("");
    for (JsonNode item : content.path("items")) {
      var name = item.path("name").asText();
      names.add(name);
      items.add(
          new Item(
              name,
              item.path("type").asText(),
              item.path("key").asBoolean(false) || name.equals(subject),
              Math.min(LONGEST, item.path("length").asInt(LONGEST))));
    }
  }

  /** Everything that is wrong with a record, in the order of the resource's items. */
  List<Finding> findings(JsonNode record) {
    List<Finding> findings = new ArrayList<>();
    if (!record.isObject()) {
      findings.add(new Finding("", word(record), "an object"));
      return findings;
    }
    for (Item item : items) {
      var value = record.path(item.name());
      if (value.isMissingNode()) {
        if (item.needed()) {
          findings.add(new Finding("/" + item.name(), "nothing", "a value, in each record"));
        }
      } else {
        check(item, value, findings);
      }
    }
    record
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.contains(name)) {
                findings.add(new Finding("/" + cut(name), "an unknown item", "none, or published"));
              }
            });
    return findings;
  }

  private static void check(Item item, JsonNode value, List<Finding> findings) {
    var expected = expected(item.type());
    var at = "/" + item.name();
    if (!isOfType(item.type(), value)) {
      findings.add(new Finding(at, word(value), expected));
    } else if (item.needed() && value.asText().isEmpty()) {
      findings.add(new Finding(at, "an empty text", "a value, in each record"));
    } else if (length(value) > item.longest()) {
      findings.add(new Finding(at, length(value) + " characters", "<= " + item.longest()));
    } else if (!hasForm(item.type(), value.asText())) {
      findings.add(new Finding(at, "a text of another form", expected));
    } else if (!isChecked(item.type(), value.asText())) {
      findings.add(new Finding(at, "a wrong check character", expected));
    }
  }

  /** As a JSON Schema counts. */
  private static int length(JsonNode value) {
    var text = value.asText();
    return text.codePointCount(0, text.length());
  }

  private static boolean isOfType(String type, JsonNode value) {
    return switch (type) {
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> value.isTextual();
    };
  }

  private static boolean hasForm(String type, String text) {
    return switch (type) {
      case "decimal" -> DECIMAL.matcher(text).matches();
      case "citizen_number" -> CITIZEN.matcher(text).matches();
      case "credit_code" -> CREDIT.matcher(text).matches();
      case "date" -> isDay(text);
      case "timestamp" -> isMoment(text);
      default -> true;
    };
  }

  private static boolean isDay(String text) {
    try {
      return text.length() == "2026-01-01".length() && LocalDate.parse(text) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isMoment(String text) {
    try {
      return MOMENT.matcher(text).matches()
          && OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)) != null;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isChecked(String type, String text) {
    var last = text.length() - 1;
    return switch (type) {
      case "citizen_number" -> CitizenNumber.check(text.substring(0, last)) == text.charAt(last);
      case "credit_code" -> CreditCode.check(text.substring(0, last)) == text.charAt(last);
      default -> true;
    };
  }

  private static String expected(String type) {
    return switch (type) {
      case "integer" -> "a whole number";
      case "boolean" -> "true or false";
      case "decimal" -> "a text with a decimal number, such as \"12.50\"";
      case "date" -> "a text with a day, such as \"2026-03-02\"";
      case "timestamp" -> "a text with a moment, such as \"2026-03-02T01:15:27Z\"";
      case "citizen_number" -> "a text with a number of GB 11643 and its check character";
      case "credit_code" -> "a text with a code of GB 32100 and its check character";
      default -> "a text";
    };
  }

  private static String word(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a text";
      case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a fraction";
      case BOOLEAN -> "a truth value";
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case NULL -> "null";
      default -> "nothing";
    };
  }

  private static String cut(String name) {
    return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name;
  }
}
