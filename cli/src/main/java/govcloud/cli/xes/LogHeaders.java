package govcloud.cli.xes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the header of an exported log: only what is true of every trace and event in it. */
public final class LogHeaders {
  private static final Map<String, String[]> STANDARD =
      new TreeMap<>(
          Map.of(
              "concept", new String[] {"Concept", "http://www.xes-standard.org/concept.xesext"},
              "time", new String[] {"Time", "http://www.xes-standard.org/time.xesext"},
              "org", new String[] {"Organizational", "http://www.xes-standard.org/org.xesext"},
              "lifecycle",
                  new String[] {"Lifecycle", "http://www.xes-standard.org/lifecycle.xesext"},
              "cost", new String[] {"Cost", "http://www.xes-standard.org/cost.xesext"},
              "identity", new String[] {"Identity", "http://www.xes-standard.org/identity.xesext"},
              "semantic",
                  new String[] {"Semantic", "http://www.xes-standard.org/semantic.xesext"}));

  private final Set<String> prefixes = new TreeSet<>();
  private Map<String, XesAttribute.Type> everyTrace;
  private Map<String, XesAttribute.Type> everyEvent;

  /** Takes note of a trace that the log will have. */
  public void note(XesTrace trace) {
    everyTrace = common(everyTrace, trace.attributes());
    for (XesTrace.Event event : trace.events()) {
      everyEvent = common(everyEvent, event.attributes());
    }
  }

  private Map<String, XesAttribute.Type> common(
      Map<String, XesAttribute.Type> before, List<XesAttribute> attributes) {
    Map<String, XesAttribute.Type> here = new TreeMap<>();
    for (XesAttribute attribute : attributes) {
      here.put(attribute.key(), attribute.type());
      int colon = attribute.key().indexOf(':');
      if (colon > 0) {
        prefixes.add(attribute.key().substring(0, colon));
      }
    }
    if (before == null) {
      return here;
    }
    before.entrySet().removeIf(e -> here.get(e.getKey()) != e.getValue());
    return before;
  }

  /** The header for all traces noted so far. */
  public XesHeader header(String logName) {
    List<XesHeader.Extension> extensions = new ArrayList<>();
    STANDARD.forEach(
        (prefix, names) -> {
          if (prefix.equals("concept") || prefixes.contains(prefix)) {
            extensions.add(new XesHeader.Extension(names[0], prefix, names[1]));
          }
        });
    List<XesHeader.Classifier> classifiers = new ArrayList<>();
    if (isInEveryEvent(XesTrace.NAME)) {
      classifiers.add(new XesHeader.Classifier("Activity", XesTrace.NAME));
    }
    if (isInEveryEvent(XesTrace.RESOURCE)) {
      classifiers.add(new XesHeader.Classifier("Resource", XesTrace.RESOURCE));
    }
    return new XesHeader(
        List.of(XesAttribute.string(XesTrace.NAME, logName)),
        extensions,
        classifiers,
        globals(everyTrace),
        globals(everyEvent));
  }

  private boolean isInEveryEvent(String key) {
    return everyEvent != null && everyEvent.containsKey(key);
  }

  private static List<XesAttribute> globals(Map<String, XesAttribute.Type> common) {
    List<XesAttribute> globals = new ArrayList<>();
    if (common != null) {
      common.forEach((key, type) -> globals.add(XesAttribute.of(type, key, exampleOf(type))));
    }
    return globals;
  }

  private static String exampleOf(XesAttribute.Type type) {
    return switch (type) {
      case STRING, ID -> "UNKNOWN";
      case DATE -> "1970-01-01T00:00:00.000+00:00";
      case INT, FLOAT -> "0";
      case BOOLEAN -> "false";
      case LIST, CONTAINER -> "";
    };
  }
}
