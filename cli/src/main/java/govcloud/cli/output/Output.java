package govcloud.cli.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import java.util.ArrayList;
import java.util.List;

/** Writes data and problems in the form that was asked for. */
public final class Output {
  private static final int WIDEST_CELL = 60;

  private final Terminal terminal;
  private final Format format;
  private final ObjectMapper json;

  /** Output of one command. */
  public Output(Terminal terminal, Format format, ObjectMapper json) {
    this.terminal = terminal;
    this.format = format;
    this.json = json;
  }

  /** The form that was asked for. */
  public Format format() {
    return format;
  }

  /** Writes a list: a table, one document with {@code items}, or a line for each. */
  public void list(Iterable<JsonNode> items, List<Column> columns) {
    switch (format) {
      case table -> table(items, columns);
      case json -> {
        ObjectNode document = json.createObjectNode();
        ArrayNode array = document.putArray("items");
        items.forEach(array::add);
        terminal.out().println(pretty(document));
      }
      case jsonl -> items.forEach(this::line);
    }
    terminal.out().flush();
  }

  /** Writes one thing: a line for each of the columns, or its document. */
  public void one(JsonNode item, List<Column> columns) {
    switch (format) {
      case table -> {
        int width = columns.stream().mapToInt(c -> Width.of(c.title())).max().orElse(0);
        for (Column column : columns) {
          String title = Width.padded(column.title(), width + 2);
          terminal
              .out()
              .println(
                  terminal.paint(Terminal.Colour.GREY, title) + plain(column.text().apply(item)));
        }
      }
      case json -> terminal.out().println(pretty(item));
      case jsonl -> line(item);
    }
    terminal.out().flush();
  }

  /** Writes one document on one line. */
  public void line(JsonNode item) {
    terminal.out().println(item);
    terminal.out().flush();
  }

  /** Writes one line as it is. */
  public void text(String line) {
    terminal.out().println(line);
    terminal.out().flush();
  }

  private void table(Iterable<JsonNode> items, List<Column> columns) {
    List<String[]> rows = new ArrayList<>();
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Width.of(columns.get(i).title());
    }
    for (JsonNode item : items) {
      String[] row = new String[widths.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = Width.cut(plain(columns.get(i).text().apply(item)), WIDEST_CELL);
        widths[i] = Math.max(widths[i], Width.of(row[i]));
      }
      rows.add(row);
    }
    String[] titles = columns.stream().map(Column::title).toArray(String[]::new);
    terminal.out().println(terminal.paint(Terminal.Colour.BOLD, row(titles, widths)));
    rows.forEach(row -> terminal.out().println(row(row, widths)));
    if (rows.isEmpty()) {
      terminal.say("(none)");
    }
  }

  private static String row(String[] cells, int[] widths) {
    StringBuilder row = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      row.append(i == cells.length - 1 ? cells[i] : Width.padded(cells[i], widths[i] + 2));
    }
    return row.toString();
  }

  /** Data from outside must not steer the terminal. */
  public static String plain(String text) {
    return text.replaceAll("[\\p{Cntrl}]", " ");
  }

  /** Writes a problem: the object in the JSON forms, a sentence for people. */
  public void problem(CommandFailure failure) {
    if (format != Format.table) {
      terminal.say(
          format == Format.json ? pretty(failure.problem()) : failure.problem().toString());
      return;
    }
    String code = failure.code().isEmpty() ? "" : " (" + failure.code() + ")";
    terminal.say(
        terminal.paint(Terminal.Colour.RED, "error: ") + plain(failure.getMessage()) + code);
    for (JsonNode error : failure.problem().path("errors")) {
      terminal.say(
          "  " + plain(error.path("pointer").asText() + ": " + error.path("detail").asText()));
    }
    JsonNode allowed = failure.problem().path("allowed_actions");
    if (!allowed.isMissingNode()) {
      terminal.say(
          "  allowed now: " + plain(allowed.isTextual() ? allowed.asText() : allowed.toString()));
    }
  }

  private String pretty(JsonNode node) {
    try {
      return json.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }
}
