package govcloud.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.command.Connection;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal.Colour;
import java.util.ArrayList;
import java.util.List;

/** Tells what happens: lines for people in their language, or one JSON object for each step. */
final class ExchangeTale {
  private final Connection connection;

  /** A tale in the language of the terminal. */
  ExchangeTale(Connection connection) {
    this.connection = connection;
  }

  private boolean forPeople() {
    return connection.output().format() == Format.table;
  }

  /** One of two languages. */
  String in(JsonNode texts) {
    return texts.path(connection.terminal().language()).asText();
  }

  private boolean chinese() {
    return connection.terminal().language().equals("zh");
  }

  private void line(String text) {
    connection.output().text(Output.plain(text));
  }

  private void labelled(String zh, String en, String text) {
    line("  " + (chinese() ? zh : en) + ": " + text);
  }

  /** What the scene is about: resource, agreement with what it masks, case. */
  void begin(int number, int of, ExchangeScene scene, JsonNode agreement) {
    if (!forPeople()) {
      return;
    }
    title(number, of, scene.json().path("title"));
    JsonNode content = scene.json().path("content");
    JsonNode inForce = agreement.path("in_force");
    JsonNode terms = inForce.path("terms");
    labelled(
        "资源",
        "Resource",
        scene.owner()
            + "/"
            + scene.resource()
            + ", "
            + content.path("sharing").asText()
            + ": "
            + in(content.path("title")));
    labelled(
        "协议",
        "Agreement",
        scene.consumer()
            + "/"
            + scene.agreement()
            + ": "
            + in(terms.path("purpose"))
            + "; "
            + terms.path("legal_basis").asText());
    labelled("协议地址", "Terms", "sha256 " + inForce.path("address").asText());
    labelled("字段", "Fields", String.join(", ", fields(terms)));
    if (!terms.path("matters").isEmpty()) {
      labelled("办件", "Case", scene.consumer() + "/" + scene.cited());
    }
  }

  private void title(int number, int of, JsonNode title) {
    String text =
        "%d/%d  %s  %s".formatted(number, of, title.path("zh").asText(), title.path("en").asText());
    connection.output().text("");
    connection.output().text(connection.terminal().paint(Colour.BOLD, text));
  }

  private static List<String> fields(JsonNode terms) {
    List<String> fields = new ArrayList<>();
    for (JsonNode field : terms.path("fields")) {
      JsonNode masking = field.path("masking");
      String rule = masking.path("rule").asText();
      String ends =
          rule.equals("ends")
              ? " " + masking.path("first").asInt() + "+" + masking.path("last").asInt()
              : "";
      fields.add(field.path("item").asText() + " (" + rule + ends + ")");
    }
    return fields;
  }

  /** What is done next. */
  void step(int number, String who, JsonNode text) {
    if (forPeople()) {
      connection.output().text("");
      line(number + ". " + in(text) + "  [" + who + "]");
    }
  }

  /** What came of a query. */
  void outcome(String code, JsonNode answer) {
    if (!forPeople()) {
      ObjectNode shown = connection.body().put("outcome", code);
      shown.setAll((ObjectNode) answer);
      connection.output().line(shown);
      return;
    }
    boolean permitted = code.equals("permit");
    Colour colour = permitted ? Colour.GREEN : Colour.RED;
    String came = Output.plain("-> " + (permitted ? word() : code));
    connection.output().text("  " + connection.terminal().paint(colour, came));
    List<String> masked = new ArrayList<>();
    answer.path("masked").forEach(name -> masked.add(name.asText()));
    for (JsonNode record : answer.path("records")) {
      List<String> values = new ArrayList<>();
      record
          .properties()
          .forEach(
              value ->
                  values.add(
                      value.getKey()
                          + (masked.contains(value.getKey()) ? "*" : "")
                          + "="
                          + value.getValue().asText()));
      line("     " + String.join("  ", values));
    }
    line("     " + in(answer.path("explanation")));
    labelled(
        "   存证",
        "   Ledger",
        "#"
            + answer.at("/evidence/index").asText()
            + " "
            + answer.at("/evidence/exchange").asText());
  }

  private String word() {
    return chinese() ? "允许（* 为脱敏字段）" : "permitted (* masked)";
  }

  /** Something that was done and is no query. */
  void done(String zh, String en) {
    if (forPeople()) {
      line("  -> " + (chinese() ? zh : en));
    } else {
      connection.output().line(connection.body().put("zh", zh).put("en", en));
    }
  }

  /** A look at somebody's data, as the citizen or an auditor sees it. */
  void look(JsonNode look) {
    if (!forPeople()) {
      connection.output().line(look);
      return;
    }
    String office =
        look.has("office_name") ? in(look.path("office_name")) : look.path("office").asText();
    String code = look.path("code").asText();
    List<String> fields = new ArrayList<>();
    look.path("fields").forEach(field -> fields.add(field.asText()));
    line(
        "     %s  %s  %s  %s  %s  %s"
            .formatted(
                look.path("at").asText(),
                office,
                look.path("case").asText(),
                look.path("legal_basis").asText(),
                code.isEmpty() ? String.join(",", fields) : code,
                look.at("/objection/status").asText()));
  }
}
