package govcloud.cli.xes;

import govcloud.cli.xes.XesException.Code;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a log trace by trace, so that it may be larger than memory. Plain or gzip is told by the
 * first bytes. Document types are refused, which leaves no entities to expand or fetch.
 */
public final class TraceReader implements AutoCloseable {
  private final XMLStreamReader xml;
  private final InputStream input;
  private final XesLimits limits;
  private final XesHeader header;
  private boolean atTrace;
  private long index;
  private int attributesInTrace;

  /**
   * Opens a log and reads its header.
   *
   * @throws XesException when it is no readable log
   */
  public TraceReader(InputStream input, XesLimits limits) {
    this.limits = limits;
    try {
      this.input = new BoundedInput(unpacked(input), limits.tagBytes());
      this.xml = factory().createXMLStreamReader(this.input);
    } catch (XMLStreamException | IOException e) {
      throw failure(e, null);
    }
    this.header = readHeader();
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setXMLResolver(
        (publicId, systemId, base, namespace) -> {
          throw new XMLStreamException("external entities are refused: " + systemId);
        });
    return factory;
  }

  private static InputStream unpacked(InputStream input) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(input, 1 << 13);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    return gzip ? new GZIPInputStream(buffered, 1 << 13) : buffered;
  }

  /** What the log says before its first trace. */
  public XesHeader header() {
    return header;
  }

  /**
   * The next trace, or empty at the end of the log.
   *
   * @throws XesException when the log is damaged from here on
   */
  public Optional<XesTrace> next() {
    while (!atTrace) {
      int event = advance();
      if (event == XMLStreamConstants.END_DOCUMENT) {
        return Optional.empty();
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        if (xml.getLocalName().equals("trace")) {
          atTrace = true;
        } else {
          skip();
        }
      }
    }
    atTrace = false;
    return Optional.of(readTrace());
  }

  private XesHeader readHeader() {
    toRoot();
    List<XesAttribute> attributes = new ArrayList<>();
    List<XesHeader.Extension> extensions = new ArrayList<>();
    List<XesHeader.Classifier> classifiers = new ArrayList<>();
    List<XesAttribute> traceGlobals = new ArrayList<>();
    List<XesAttribute> eventGlobals = new ArrayList<>();
    while (true) {
      int event = advance();
      if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
        break;
      }
      if (event != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      String name = xml.getLocalName();
      XesAttribute.Type type = XesAttribute.Type.of(name);
      if (name.equals("trace")) {
        atTrace = true;
        break;
      } else if (type != null) {
        attributes.add(readAttribute(type, 1));
      } else if (name.equals("global")) {
        boolean trace = "trace".equals(xml.getAttributeValue(null, "scope"));
        readAttributes(trace ? traceGlobals : eventGlobals);
      } else if (name.equals("extension")) {
        extensions.add(
            new XesHeader.Extension(required("name"), required("prefix"), required("uri")));
        skip();
      } else if (name.equals("classifier")) {
        classifiers.add(new XesHeader.Classifier(required("name"), required("keys")));
        skip();
      } else {
        skip();
      }
    }
    attributesInTrace = 0;
    return new XesHeader(attributes, extensions, classifiers, traceGlobals, eventGlobals);
  }

  private void toRoot() {
    int event = advance();
    while (event != XMLStreamConstants.START_ELEMENT) {
      event = advance();
    }
    if (!xml.getLocalName().equals("log")) {
      throw at(Code.XES_WRONG_ROOT, "root element: <" + xml.getLocalName() + "> (expected: <log>)");
    }
  }

  private XesTrace readTrace() {
    attributesInTrace = 0;
    List<XesAttribute> attributes = new ArrayList<>();
    List<XesTrace.Event> events = new ArrayList<>();
    for (int event = advance(); event != XMLStreamConstants.END_ELEMENT; event = advance()) {
      if (event != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      XesAttribute.Type type = XesAttribute.Type.of(xml.getLocalName());
      if (type != null) {
        attributes.add(readAttribute(type, 1));
      } else if (xml.getLocalName().equals("event")) {
        if (events.size() == limits.traceEvents()) {
          throw at(
              Code.XES_TOO_LARGE,
              "events in one trace: more than " + limits.traceEvents() + " (limit)");
        }
        List<XesAttribute> eventAttributes = new ArrayList<>();
        readAttributes(eventAttributes);
        events.add(new XesTrace.Event(eventAttributes));
      } else {
        skip();
      }
    }
    return new XesTrace(index++, attributes, events);
  }

  private void readAttributes(List<XesAttribute> attributes) {
    for (int event = advance(); event != XMLStreamConstants.END_ELEMENT; event = advance()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        XesAttribute.Type type = XesAttribute.Type.of(xml.getLocalName());
        if (type == null) {
          skip();
        } else {
          attributes.add(readAttribute(type, 1));
        }
      }
    }
  }

  private XesAttribute readAttribute(XesAttribute.Type type, int depth) {
    if (depth > limits.depth()) {
      throw at(Code.XES_TOO_DEEP, "nested attributes: deeper than " + limits.depth() + " (limit)");
    }
    if (++attributesInTrace > limits.traceAttributes()) {
      throw at(
          Code.XES_TOO_LARGE,
          "attributes in one trace: more than " + limits.traceAttributes() + " (limit)");
    }
    String key = required("key");
    String value = type.hasValue() ? required("value") : "";
    XesValues.check(type, value).ifPresent(expected -> badValue(type, key, value, expected));
    List<XesAttribute> children = new ArrayList<>();
    List<XesAttribute> values = new ArrayList<>();
    for (int event = advance(); event != XMLStreamConstants.END_ELEMENT; event = advance()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        readInside(type, depth, children, values);
      }
    }
    return new XesAttribute(type, key, value, children, values);
  }

  private void readInside(
      XesAttribute.Type outer, int depth, List<XesAttribute> children, List<XesAttribute> values) {
    XesAttribute.Type type = XesAttribute.Type.of(xml.getLocalName());
    if (type != null) {
      children.add(readAttribute(type, depth + 1));
    } else if (outer == XesAttribute.Type.LIST && xml.getLocalName().equals("values")) {
      for (int event = advance(); event != XMLStreamConstants.END_ELEMENT; event = advance()) {
        if (event == XMLStreamConstants.START_ELEMENT) {
          XesAttribute.Type entry = XesAttribute.Type.of(xml.getLocalName());
          if (entry == null) {
            skip();
          } else {
            values.add(readAttribute(entry, depth + 1));
          }
        }
      }
    } else {
      skip();
    }
  }

  private void badValue(XesAttribute.Type type, String key, String value, String expected) {
    String shown = value.length() > 80 ? value.substring(0, 80) + "..." : value;
    throw at(
        Code.XES_BAD_VALUE,
        type.element() + " " + key + ": " + shown + " (expected: " + expected + ")");
  }

  private String required(String name) {
    String value = xml.getAttributeValue(null, name);
    if (value == null) {
      throw at(Code.XES_MISSING, "<" + xml.getLocalName() + "> lacks its attribute " + name);
    }
    return value;
  }

  private void skip() {
    int depth = 1;
    while (depth > 0) {
      int event = advance();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  private int advance() {
    try {
      int event = xml.next();
      if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
        throw at(Code.XES_DOCTYPE, "document types and entities are refused");
      }
      return event;
    } catch (XMLStreamException e) {
      throw failure(e, e.getLocation());
    }
  }

  private XesException at(Code code, String message) {
    Location location = xml.getLocation();
    return new XesException(code, location.getLineNumber(), location.getColumnNumber(), message);
  }

  private static XesException failure(Exception problem, Location location) {
    int line = location == null ? 0 : Math.max(0, location.getLineNumber());
    int column = location == null ? 0 : Math.max(0, location.getColumnNumber());
    Throwable cause = problem instanceof XMLStreamException xml ? nested(xml) : problem;
    if (cause instanceof BoundedInput.TooLarge) {
      return new XesException(Code.XES_TOO_LARGE, line, column, cause.getMessage());
    }
    if (cause instanceof EOFException) {
      return new XesException(
          Code.XES_TRUNCATED, line, column, "the input ends before the log does");
    }
    if (cause instanceof ZipException) {
      return new XesException(
          Code.XES_BAD_GZIP, line, column, "damaged gzip data: " + cause.getMessage());
    }
    return XesValues.describe(String.valueOf(cause.getMessage()), line, column);
  }

  private static Throwable nested(XMLStreamException problem) {
    return problem.getNestedException() == null ? problem : problem.getNestedException();
  }

  @Override
  public void close() {
    try {
      xml.close();
      input.close();
    } catch (XMLStreamException | IOException e) {
      throw failure(e, null);
    }
  }
}
