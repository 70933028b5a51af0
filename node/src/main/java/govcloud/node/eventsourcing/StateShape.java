package govcloud.node.eventsourcing;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.HashSet;
import java.util.Set;

/**
 * What a kind of state is made of, down to the last component of the records in its collections:
 * the same text for as long as a snapshot of one means the same as a snapshot of the other.
 */
final class StateShape {
  private static final String OURS = "govcloud.";

  private final Set<Class<?>> seen = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private StateShape() {}

  /** The shape of an entity's snapshot, with what every entity remembers besides its state. */
  static String of(Class<?> stateType) {
    StateShape shape = new StateShape();
    shape.add(EntityState.class);
    shape.add(stateType);
    return shape.text.toString();
  }

  private void add(Type type) {
    if (type instanceof Class<?> one) {
      add(one);
    } else if (type instanceof ParameterizedType generic) {
      add(generic.getRawType());
      addAll('<', generic.getActualTypeArguments(), '>');
    } else if (type instanceof WildcardType some) {
      addAll('?', some.getUpperBounds(), ';');
    } else if (type instanceof GenericArrayType array) {
      addAll('[', new Type[] {array.getGenericComponentType()}, ']');
    } else {
      text.append(type.getTypeName());
    }
  }

  private void addAll(char before, Type[] types, char after) {
    text.append(before);
    for (Type type : types) {
      add(type);
      text.append(' ');
    }
    text.append(after);
  }

  private void add(Class<?> type) {
    text.append(type.getName());
    if (type.isArray()) {
      addAll('[', new Type[] {type.getComponentType()}, ']');
    }
    // Each is told once, so one that holds others of its kind has an end.
    if (!type.getName().startsWith(OURS) || !seen.add(type)) {
      return;
    }
    if (type.isRecord()) {
      for (RecordComponent component : type.getRecordComponents()) {
        text.append(' ').append(component.getName()).append(':');
        addAll('{', new Type[] {component.getGenericType()}, '}');
      }
    }
    if (type.isSealed()) {
      addAll('|', type.getPermittedSubclasses(), ';');
    }
  }
}
