package govcloud.node.page;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** HTML that is put together from trusted markup and escaped text, and from nothing else. */
public final class Html {

  /** A moment as pages show it, to the minute, in China Standard Time. */
  public static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
          .withZone(ZoneId.of("Asia/Shanghai"));

  private final StringBuilder text = new StringBuilder();

  /** Adds markup written in this program. */
  public Html raw(String markup) {
    text.append(markup);
    return this;
  }

  /** Adds text from anywhere. */
  public Html text(String anything) {
    text.append(escape(anything));
    return this;
  }

  /** Adds an element without attributes that holds text. */
  public Html element(String name, String anything) {
    return element(name, "", anything);
  }

  /** Adds an element of a class that holds text. */
  public Html element(String name, String cssClass, String anything) {
    text.append('<').append(name);
    if (!cssClass.isEmpty()) {
      text.append(" class=\"").append(escape(cssClass)).append('"');
    }
    text.append('>').append(escape(anything)).append("</").append(name).append('>');
    return this;
  }

  /** Adds a field of a form that nobody sees. */
  public Html hidden(String name, String value) {
    return raw("<input type=\"hidden\" name=\"" + escape(name) + "\" value=\"")
        .text(value)
        .raw("\">");
  }

  /** Adds what went wrong, which is read out at once. */
  public Html trouble(String words) {
    return raw("<p class=\"trouble\" role=\"alert\">").text(words).raw("</p>");
  }

  /** Adds a line of a list of facts; nothing where there is nothing to say. */
  public Html fact(String name, String value) {
    return value.isEmpty() ? this : element("dt", name).element("dd", value);
  }

  static String escape(String anything) {
    return anything
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
