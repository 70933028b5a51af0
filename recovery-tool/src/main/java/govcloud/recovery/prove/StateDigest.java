package govcloud.recovery.prove;

import govcloud.replication.statement.ReplicaHash;
import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The SHA-256 of a state of the domain: the same for equal states, in every process. States are
 * records of records, collections, optionals and values. For one state.
 */
final class StateDigest {
  private static final int USUAL_BYTES = 2048;

  /** Looked up once for each kind of record: looking is dearer than reading the whole record. */
  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shape.of(type);
        }
      };

  /** How a kind of record is read. */
  private record Shape(String name, List<Part> parts) {
    private static final MethodType READS = MethodType.methodType(Object.class, Object.class);

    static Shape of(Class<?> type) {
      List<Part> parts = new ArrayList<>();
      for (RecordComponent component : type.getRecordComponents()) {
        try {
          MethodHandle reads = MethodHandles.publicLookup().unreflect(component.getAccessor());
          parts.add(new Part(component.getName(), reads.asType(READS)));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(
              type.getName() + "." + component.getName() + ": cannot be read", e);
        }
      }
      return new Shape(type.getSimpleName(), parts);
    }
  }

  private record Part(String name, MethodHandle reads) {
    Object of(Object record) {
      try {
        return reads.invokeExact(record);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException(name + ": cannot be read", e);
      }
    }
  }

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_BYTES);

  /** The digest of a state, 32 bytes. */
  byte[] of(Object state) {
    add(state);
    return ReplicaHash.sha256().digest(bytes.toByteArray());
  }

  private void add(Object value) {
    if (value instanceof Record record) {
      Shape shape = SHAPES.get(record.getClass());
      open(shape.name());
      for (Part part : shape.parts()) {
        text(part.name());
        add(part.of(record));
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
    } else if (value instanceof Instant at) {
      // Every event has one, and its calendar form takes longer than all the rest of it.
      text(at.getEpochSecond() + "." + at.getNano());
    } else {
      text(String.valueOf(value));
    }
  }

  private void open(String name) {
    text(name);
    bytes.write('{');
  }

  private void close() {
    bytes.write('}');
  }

  private void text(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes.write(encoded.length >>> shift);
    }
    bytes.writeBytes(encoded);
  }
}
