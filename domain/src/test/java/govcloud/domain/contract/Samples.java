package govcloud.domain.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Makes records with any content from a seed, so that no kind of event or command is forgotten. */
public final class Samples {

  private static final List<String> TEXTS =
      List.of("", "a", "市交通运输局", "two words", "x\n\"y\"\t\u0000", "string:abc", "😀", "{}");

  private final Random random;

  /** Samples that depend on {@code seed} alone. */
  public Samples(long seed) {
    this.random = new Random(seed);
  }

  /** One of each kind that a sealed interface permits. */
  public <T> List<T> ofEach(Class<T> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .map(kind -> sealed.cast(record(kind)))
        .toList();
  }

  /** Some of one kind. */
  public <T> List<T> of(Class<T> kind, int count) {
    var samples = new ArrayList<T>();
    for (var i = 0; i < count; i++) {
      samples.add(kind.cast(record(kind)));
    }
    return samples;
  }

  private Object record(Class<?> type) {
    try {
      var components = type.getRecordComponents();
      var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      var values =
          Arrays.stream(components).map(component -> value(component.getGenericType())).toArray();
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("type: " + type + " (expected: a record)", e);
    }
  }

  private Object value(Type type) {
    if (type instanceof ParameterizedType generic) {
      return container(generic);
    }
    if (type == String.class) {
      return TEXTS.get(random.nextInt(TEXTS.size()));
    } else if (type == int.class || type == Integer.class) {
      return random.nextBoolean() ? random.nextInt() : random.nextInt(30);
    } else if (type == long.class) {
      return random.nextBoolean() ? random.nextLong() : random.nextInt(30);
    } else if (type == boolean.class) {
      return random.nextBoolean();
    } else if (type == Instant.class) {
      return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
    }
    var plain = (Class<?>) type;
    if (plain.isSealed()) {
      var kinds = plain.getPermittedSubclasses();
      return record(kinds[random.nextInt(kinds.length)]);
    }
    return plain.isEnum()
        ? plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)]
        : record(plain);
  }

  private Object container(ParameterizedType type) {
    var arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return random.nextBoolean() ? Optional.of(value(arguments[0])) : Optional.empty();
    }
    if (type.getRawType() == List.class) {
      var list = new ArrayList<>();
      for (var i = random.nextInt(4); i > 0; i--) {
        list.add(value(arguments[0]));
      }
      return list;
    }
    var map = new LinkedHashMap<>();
    for (var i = random.nextInt(6); i > 0; i--) {
      map.put(value(arguments[0]), value(arguments[1]));
    }
    return map;
  }
}
