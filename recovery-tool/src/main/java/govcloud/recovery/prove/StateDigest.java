package govcloud.recovery.prove;

import govcloud.replication.statement.ReplicaHash;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The SHA-256 of a state of the domain: the same for equal states, in every process. States are
 * records of records, collections, optionals and values.
 */
final class StateDigest {
  /** Looked up once for each kind of record: asking the class copies them every time. */
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
          return type.getRecordComponents();
        }
      };

  private final MessageDigest digest = ReplicaHash.sha256();

  /** The digest of a state, 32 bytes. */
  byte[] of(Object state) {
    add(state);
    return digest.digest();
  }

  private void add(Object value) {
    if (value instanceof Record record) {
      open(record.getClass().getSimpleName());
      for (RecordComponent component : COMPONENTS.get(record.getClass())) {
        text(component.getName());
        add(component(record, component));
      }
      close();
    } else if (value instanceof Map<?, ?> map) {
      // Sorted: the order of an immutable map differs from process to process.
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, of) -> sorted.put(String.valueOf(key), of));
      open("map");
      sorted.forEach(
          (key, of) -> {
            text(key);
            add(of);
          });
      close();
    } else if (value instanceof Collection<?> collection) {
      open("list");
      collection.forEach(this::add);
      close();
    } else if (value instanceof Optional<?> optional) {
      open("optional");
      optional.ifPresent(this::add);
      close();
    } else {
      text(String.valueOf(value));
    }
  }

  private static Object component(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          record.getClass().getName() + "." + component.getName() + ": cannot be read", e);
    }
  }

  private void open(String name) {
    text(name);
    digest.update((byte) '{');
  }

  private void close() {
    digest.update((byte) '}');
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(java.nio.ByteBuffer.allocate(4).putInt(bytes.length).flip());
    digest.update(bytes);
  }
}
