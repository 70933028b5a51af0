package govcloud.node.eventsourcing;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;

/**
 * Writes snapshots of entities as CBOR. The manifest carries a checksum of the state type's shape:
 * a snapshot of another shape is not read, and the entity is rebuilt from its records instead.
 */
public final class SnapshotSerializer extends SerializerWithStringManifest {

  private static final int IDENTIFIER = 20_260_102;

  private final ObjectMapper mapper;
  private final Map<String, JavaType> typesByManifest = new HashMap<>();
  private final Map<Class<?>, String> manifestsByState = new HashMap<>();

  public SnapshotSerializer(ExtendedActorSystem system) {
    mapper =
        JacksonObjectMapperProvider.get(system)
            .getOrCreate("jackson-cbor", Optional.of(new CBORFactory()));
    var types = system.settings().setup().get(AggregateTypes.class);
    types.ifPresent(all -> all.all().forEach(this::register));
  }

  private void register(AggregateType<?, ?, ?> type) {
    var checksum = new CRC32();
    checksum.update(StateShape.of(type.stateType()).getBytes(StandardCharsets.UTF_8));
    var manifest = type.name() + "/" + Long.toHexString(checksum.getValue());
    typesByManifest.put(
        manifest,
        mapper.getTypeFactory().constructParametricType(EntityState.class, type.stateType()));
    manifestsByState.put(type.stateType(), manifest);
  }

  @Override
  public int identifier() {
    return IDENTIFIER;
  }

  @Override
  public String manifest(Object snapshot) {
    var state = ((EntityState<?>) snapshot).state();
    return manifestsByState.entrySet().stream()
        .filter(entry -> entry.getKey().isInstance(state))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("state: " + state.getClass().getName()));
  }

  @Override
  public byte[] toBinary(Object snapshot) {
    try {
      return mapper.writerFor(typesByManifest.get(manifest(snapshot))).writeValueAsBytes(snapshot);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    var type = typesByManifest.get(manifest);
    if (type == null) {
      throw new NotSerializableException(
          "snapshot: " + manifest + " (expected: one of " + typesByManifest.keySet() + ")");
    }
    try {
      return mapper.readValue(bytes, type);
    } catch (IOException e) {
      throw new NotSerializableException("snapshot: " + manifest + ": " + e.getMessage());
    }
  }
}
