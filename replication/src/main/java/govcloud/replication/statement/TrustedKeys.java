package govcloud.replication.statement;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The keys whose signatures count now. For several threads. */
public final class TrustedKeys {
  private volatile Map<ByteString, TrustedKey> byId;
  private volatile Set<String> held = Set.of();

  /** These and no others. */
  public TrustedKeys(Collection<TrustedKey> keys) {
    replace(keys);
  }

  /** From now on these and no others. */
  public void replace(Collection<TrustedKey> keys) {
    Map<ByteString, TrustedKey> next = new LinkedHashMap<>();
    keys.forEach(key -> next.put(key.id(), key));
    byId = next;
  }

  /** From now on nothing is taken in from these clouds, and from no others. */
  public void hold(Set<String> clouds) {
    held = Set.copyOf(clouds);
  }

  /** Whether nothing is taken in from a cloud now. */
  public boolean isHeld(String cloud) {
    return held.contains(cloud);
  }

  /** The key of this name. */
  public Optional<TrustedKey> find(ByteString id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * Whether a file comes from a site that was given up: signed with one of its keys, and behind
   * where its files ended when the cloud was recovered.
   *
   * @param id names the key that signed
   * @param slice of a segment, else 0
   */
  public boolean isFenced(ByteString id, StatementKind kind, int slice, long number) {
    Map<ByteString, TrustedKey> now = byId;
    TrustedKey key = now.get(id);
    return key != null
        && now.values().stream()
            .filter(other -> other.cloud().equals(key.cloud()))
            .filter(other -> other.siteEpoch() > key.siteEpoch())
            .flatMap(other -> other.lostSite().stream())
            .anyMatch(end -> end.isBefore(kind, slice, number));
  }

  /** All of them. */
  public Collection<TrustedKey> all() {
    return java.util.List.copyOf(byId.values());
  }
}
