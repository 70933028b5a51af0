package govcloud.cli.xes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/** Writes a log trace by trace. */
public final class XesWriter {
  private final Writer out;

  /** Writes to {@code out}, which the caller closes. */
  public XesWriter(Writer out) {
    this.out = out;
  }

  /** Writes everything before the first trace. */
  public void start(XesHeader header) {
    write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    write(
        "<log xes.version=\"1849-2016\" xes.features=\"nested-attributes\""
            + " xmlns=\"http://www.xes-standard.org/\">\n");
    for (XesHeader.Extension e : header.extensions()) {
      write("  <extension" + pair("name", e.name()) + pair("prefix", e.prefix()));
      write(pair("uri", e.uri()) + "/>\n");
    }
    global("trace", header.traceGlobals());
    global("event", header.eventGlobals());
    for (XesHeader.Classifier c : header.classifiers()) {
      write("  <classifier" + pair("name", c.name()) + pair("keys", c.keys()) + "/>\n");
    }
    attributes(header.attributes(), "  ");
  }

  private void global(String scope, List<XesAttribute> attributes) {
    if (!attributes.isEmpty()) {
      write("  <global" + pair("scope", scope) + ">\n");
      attributes(attributes, "    ");
      write("  </global>\n");
    }
  }

  /** Writes one trace. */
  public void trace(XesTrace trace) {
    write("  <trace>\n");
    attributes(trace.attributes(), "    ");
    for (XesTrace.Event event : trace.events()) {
      write("    <event>\n");
      attributes(event.attributes(), "      ");
      write("    </event>\n");
    }
    write("  </trace>\n");
  }

  /** Writes the end of the log. */
  public void end() {
    write("</log>\n");
  }

  private void attributes(List<XesAttribute> attributes, String indent) {
    for (XesAttribute attribute : attributes) {
      attribute(attribute, indent);
    }
  }

  private void attribute(XesAttribute attribute, String indent) {
    String element = attribute.type().element();
    write(indent + "<" + element + pair("key", attribute.key()));
    if (attribute.type().hasValue()) {
      write(pair("value", attribute.value()));
    }
    boolean list = attribute.type() == XesAttribute.Type.LIST;
    if (attribute.children().isEmpty() && !list) {
      write("/>\n");
      return;
    }
    write(">\n");
    attributes(attribute.children(), indent + "  ");
    if (list) {
      write(indent + "  <values>\n");
      attributes(attribute.values(), indent + "    ");
      write(indent + "  </values>\n");
    }
    write(indent + "</" + element + ">\n");
  }

  private static String pair(String name, String value) {
    return " " + name + "=\"" + escaped(value) + "\"";
  }

  /** Line breaks and tabs are written as references, otherwise a parser turns them into spaces. */
  static String escaped(String value) {
    StringBuilder text = new StringBuilder(value.length() + 16);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        case '\n', '\r', '\t' -> text.append("&#").append((int) c).append(';');
        default -> text.append(c);
      }
    }
    return text.toString();
  }

  private void write(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
