package govcloud.recovery.prove;

import govcloud.replication.statement.ReplicaHash;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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
  private static final class Shape {
    private static final MethodType READS = MethodType.methodType(Object.class, Object.class);

    private final byte[] name;
    private final List<Part> parts = new ArrayList<>();

    private Shape(Class<?> type) {
      name = encoded(type.getSimpleName());
    }

    static Shape of(Class<?> type) {
      Shape shape = new Shape(type);
      for (RecordComponent component : type.getRecordComponents()) {
        try {
          MethodHandle reads = MethodHandles.publicLookup().unreflect(component.getAccessor());
          shape.parts.add(new Part(component.getName(), reads.asType(READS)));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(
              type.getName() + "." + component.getName() + ": cannot be read", e);
        }
      }
      return shape;
    }
  }

  private static final class Part {
    private final byte[] name;
    private final MethodHandle reads;

    Part(String name, MethodHandle reads) {
      this.name = encoded(name);
      this.reads = reads;
    }

    Object of(Object record) {
      try {
        return reads.invokeExact(record);
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Throwable e) {
        throw new IllegalStateException("cannot be read", e);
      }
    }
  }

  private static final byte[] MAP = encoded("map");
  private static final byte[] LIST = encoded("list");
  private static final byte[] OPTIONAL = encoded("optional");

  private byte[] bytes = new byte[USUAL_BYTES];
  private int size;

  /** The digest of a state, 32 bytes. */
  byte[] of(Object state) {
    add(state);
    MessageDigest digest = ReplicaHash.sha256();
    digest.update(bytes, 0, size);
    return digest.digest();
  }

  private void add(Object value) {
    if (value instanceof Record record) {
      Shape shape = SHAPES.get(record.getClass());
      open(shape.name);
      for (Part part : shape.parts) {
        text(part.name);
        add(part.of(record));
      }
      close();
    } else if (value instanceof Map<?, ?> map) {
      // Sorted: the order of an immutable map differs from process to process.
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, of) -> sorted.put(String.valueOf(key), of));
      open(MAP);
      sorted.forEach(
          (key, of) -> {
            text(key);
            add(of);
          });
      close();
    } else if (value instanceof Set<?> set) {
      // The order of an immutable set differs from process to process as well.
      SortedSet<String> sorted = new TreeSet<>();
      set.forEach(one -> sorted.add(HexFormat.of().formatHex(new StateDigest().of(one))));
      add(List.copyOf(sorted));
    } else if (value instanceof Collection<?> collection) {
      open(LIST);
      collection.forEach(this::add);
      close();
    } else if (value instanceof Optional<?> optional) {
      open(OPTIONAL);
      optional.ifPresent(this::add);
      close();
    } else if (value instanceof Instant at) {
      // Every event has one, and its calendar form takes longer than all the rest of it.
      text(at.getEpochSecond() + "." + at.getNano());
    } else {
      text(String.valueOf(value));
    }
  }

  private void open(byte[] name) {
    text(name);
    room(1);
    bytes[size++] = '{';
  }

  private void close() {
    room(1);
    bytes[size++] = '}';
  }

  private static byte[] encoded(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void text(String text) {
    text(encoded(text));
  }

  private void text(byte[] encoded) {
    room(Integer.BYTES + encoded.length);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (encoded.length >>> shift);
    }
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
