package govcloud.node.eventsourcing;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.util.HashMap;
import java.util.Map;

/**
 * Names the domain types that travel between nodes, such as {@code TenantCommand.Register}, so that
 * the domain needs no annotations and nothing but a listed type can ever be read back.
 */
final class DomainTypeId extends TypeIdResolverBase {

  private final Map<String, Class<?>> types = new HashMap<>();

  /** Commands and states of these kinds. */
  static DomainTypeId of(AggregateTypes aggregates) {
    var id = new DomainTypeId();
    for (var type : aggregates.all()) {
      id.add(type.commandType());
      id.add(type.stateType());
    }
    return id;
  }

  /** The kinds of one sealed interface. */
  static DomainTypeId of(Class<?> sealedType) {
    var id = new DomainTypeId();
    id.add(sealedType);
    return id;
  }

  private void add(Class<?> type) {
    if (type.isSealed()) {
      for (var permitted : type.getPermittedSubclasses()) {
        add(permitted);
      }
    } else {
      var other = types.put(nameOf(type), type);
      if (other != null && other != type) {
        throw new IllegalArgumentException(other + " and " + type + " have the same name");
      }
    }
  }

  @Override
  public String idFromValue(Object value) {
    return idFromValueAndType(value, value.getClass());
  }

  @Override
  public String idFromValueAndType(Object value, Class<?> suggestedType) {
    var name = nameOf(suggestedType);
    if (!types.containsKey(name)) {
      throw new IllegalArgumentException(suggestedType + " (expected: one of " + types + ")");
    }
    return name;
  }

  @Override
  public JavaType typeFromId(DatabindContext context, String id) {
    var type = types.get(id);
    return type == null ? null : context.constructType(type);
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }

  private static String nameOf(Class<?> type) {
    var enclosing = type.getEnclosingClass();
    return enclosing == null
        ? type.getSimpleName()
        : enclosing.getSimpleName() + "." + type.getSimpleName();
  }
}
