package govcloud.cli.xes;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One trace: what happened to one case.
 *
 * @param index position in the log, from 0
 * @param attributes of the trace itself
 * @param events in their order
 */
public record XesTrace(long index, List<XesAttribute> attributes, List<Event> events) {

  /** The standard keys that have a meaning for cases. */
  public static final String NAME = "concept:name";

  /** When an event happened. */
  public static final String TIME = "time:timestamp";

  /** Who did it. */
  public static final String RESOURCE = "org:resource";

  public XesTrace {
    attributes = List.copyOf(attributes);
    events = List.copyOf(events);
  }

  /** The trace's name, if it has one. */
  public Optional<String> name() {
    return Optional.ofNullable(XesAttribute.find(attributes, NAME));
  }

  /** One event with its attributes. */
  public record Event(List<XesAttribute> attributes) {
    public Event {
      attributes = List.copyOf(attributes);
    }

    /** The value of an attribute, if there is one. */
    public Optional<String> value(String key) {
      return Optional.ofNullable(XesAttribute.find(attributes, key));
    }
  }

  /**
   * The trace in the form in which two logs are compared: attributes sorted by key and value, since
   * XES gives their order no meaning; the entries of lists and the events keep theirs.
   */
  public XesTrace canonical() {
    return new XesTrace(
        0,
        sorted(attributes),
        events.stream().map(e -> new Event(sorted(e.attributes()))).toList());
  }

  private static List<XesAttribute> sorted(List<XesAttribute> attributes) {
    return attributes.stream()
        .map(XesTrace::sorted)
        .sorted(
            Comparator.comparing(XesAttribute::key)
                .thenComparing(XesAttribute::type)
                .thenComparing(XesAttribute::value)
                .thenComparing(XesAttribute::toString))
        .toList();
  }

  private static XesAttribute sorted(XesAttribute attribute) {
    return new XesAttribute(
        attribute.type(),
        attribute.key(),
        attribute.value(),
        sorted(attribute.children()),
        attribute.values().stream().map(XesTrace::sorted).toList());
  }
}
