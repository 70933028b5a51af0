package govcloud.cli.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/** One column of a table: its title and what it shows of an item. */
public record Column(String title, Function<JsonNode, String> text) {

  /** A column of a member; a path of members is parted by dots. */
  public static Column of(String title, String path) {
    return new Column(title, item -> text(member(item, path)));
  }

  /** A column of a text in two languages. */
  public static Column local(String title, String path) {
    return new Column(
        title,
        item -> {
          JsonNode both = member(item, path);
          String zh = both.path("zh").asText("");
          String en = both.path("en").asText("");
          return zh.equals(en) ? zh : zh + " " + en;
        });
  }

  /** A column of a text in two languages, of which one is shown. */
  public static Column local(String title, String path, String language) {
    return new Column(title, item -> text(member(item, path + "." + language)));
  }

  /** A column of a moment, to the second and in UTC. */
  public static Column time(String title, String path) {
    return new Column(title, item -> moment(text(member(item, path))));
  }

  /** A moment without its fraction of a second. */
  static String moment(String text) {
    return text.replace('T', ' ').replaceAll("(:\\d\\d)(\\.\\d+)?Z$", "$1Z");
  }

  private static JsonNode member(JsonNode item, String path) {
    JsonNode node = item;
    for (String name : path.split("\\.", -1)) {
      node = node.path(name);
    }
    return node;
  }

  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "-";
    }
    return node.isValueNode() ? node.asText() : node.toString();
  }
}
