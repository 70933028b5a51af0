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

  /**
   * Whether a key is one of a site that was given up: what it signed before counts, but nothing new
   * is taken in.
   */
  public boolean isFenced(ByteString id) {
    TrustedKey key = byId.get(id);
    return key != null
        && byId.values().stream()
            .anyMatch(
                other -> other.cloud().equals(key.cloud()) && other.siteEpoch() > key.siteEpoch());
  }

  /** All of them. */
  public Collection<TrustedKey> all() {
    return java.util.List.copyOf(byId.values());
  }
}
