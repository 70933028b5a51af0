package govcloud.cli.xes;

import java.util.List;
import java.util.Optional;

/**
 * What a log says before its first trace.
 *
 * @param attributes of the log
 * @param extensions declared extensions
 * @param classifiers declared classifiers
 * @param traceGlobals attributes that every trace has
 * @param eventGlobals attributes that every event has
 */
public record XesHeader(
    List<XesAttribute> attributes,
    List<Extension> extensions,
    List<Classifier> classifiers,
    List<XesAttribute> traceGlobals,
    List<XesAttribute> eventGlobals) {

  /** A declared extension. */
  public record Extension(String name, String prefix, String uri) {}

  /** A declared classifier: the keys that make events equal. */
  public record Classifier(String name, String keys) {}

  public XesHeader {
    attributes = List.copyOf(attributes);
    extensions = List.copyOf(extensions);
    classifiers = List.copyOf(classifiers);
    traceGlobals = List.copyOf(traceGlobals);
    eventGlobals = List.copyOf(eventGlobals);
  }

  /** The log's name, if it has one. */
  public Optional<String> name() {
    return Optional.ofNullable(XesAttribute.find(attributes, XesTrace.NAME));
  }
}
