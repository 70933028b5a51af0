package govcloud.replication.statement;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The keys whose signatures count. */
public final class TrustedKeys {
  private final Map<ByteString, TrustedKey> byId = new LinkedHashMap<>();

  /** These and no others. */
  public TrustedKeys(Collection<TrustedKey> keys) {
    keys.forEach(key -> byId.put(key.id(), key));
  }

  /** The key of this name. */
  public Optional<TrustedKey> find(ByteString id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All of them. */
  public Collection<TrustedKey> all() {
    return java.util.List.copyOf(byId.values());
  }
}
