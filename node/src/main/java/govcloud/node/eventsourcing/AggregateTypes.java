package govcloud.node.eventsourcing;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.actor.setup.Setup;

/** Every kind of entity that this program can run; given to the actor system at its creation. */
public final class AggregateTypes extends Setup {

  private final Map<String, AggregateType<?, ?, ?>> byName;

  public AggregateTypes(List<AggregateType<?, ?, ?>> types) {
    byName =
        types.stream()
            .collect(Collectors.toUnmodifiableMap(AggregateType::name, Function.identity()));
  }

  /** All kinds. */
  public Collection<AggregateType<?, ?, ?>> all() {
    return byName.values();
  }

  /** The kind of an entity, by the first part of its id. */
  public AggregateType<?, ?, ?> of(String entityId) {
    var slash = entityId.indexOf('/');
    var type = slash < 0 ? null : byName.get(entityId.substring(0, slash));
    if (type == null) {
      throw new IllegalArgumentException(
          "entity id: " + entityId + " (expected: <type>/... with type one of " + names() + ")");
    }
    return type;
  }

  private List<String> names() {
    return byName.keySet().stream().sorted().toList();
  }
}
