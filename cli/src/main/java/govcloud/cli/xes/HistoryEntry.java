package govcloud.cli.xes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** One entry of a case's history as the API serves it. */
public record HistoryEntry(JsonNode entry) {

  /** Whether it is something a log would record: an action, or a deviation from the process. */
  public boolean isEvent() {
    return entry.hasNonNull("action") || isDeviation();
  }

  /** Whether it is an event of a log that the process did not allow. */
  public boolean isDeviation() {
    return entry.path("type").asText().contains("deviation");
  }

  /** What an import put beside it. */
  public JsonNode attributes() {
    return entry.path("data").path("attributes");
  }

  /** Position in the trace it was imported from; empty for what happened here. */
  public Optional<Integer> index() {
    String text = attributes().path(CaseMapping.INDEX).asText("");
    return text.startsWith("int:")
        ? Optional.of(Integer.valueOf(text.substring("int:".length())))
        : Optional.empty();
  }

  /** Of a deviation, what the log called it. */
  public Optional<String> activity() {
    return Optional.ofNullable(entry.path("data").path("activity").asText(null));
  }

  /** Of a deviation, why the process did not allow it. */
  public String reason() {
    return entry.path("data").path("reason").asText("");
  }

  /** The action, or an empty text. */
  public String action() {
    return entry.path("action").asText("");
  }

  /** When it happened. */
  public String occurredAt() {
    return entry.path("occurred_at").asText(entry.path("at").asText());
  }

  /** Who did it. */
  public String person() {
    return entry.path("person").asText("unknown");
  }
}
