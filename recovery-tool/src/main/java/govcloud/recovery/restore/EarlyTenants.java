package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.schema.RecoveryQueue;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.replica.RecoveryPoint;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The tenants that are brought back before the log of all, as the keyspace remembers them. Chosen
 * once, together with where the archive ended: nodes write behind that end.
 */
public final class EarlyTenants {
  private final Target target;

  /** Those of a keyspace. */
  public EarlyTenants(Target target) {
    this.target = target;
  }

  /**
   * Their names, ascending: the empty one for the cloud's own entities, and whoever was chosen;
   * none: nobody was.
   */
  public Set<String> names() throws RecoveryException {
    Set<String> names = new TreeSet<>();
    for (Row row : target.all("SELECT tenant, early FROM %s.recovery_tenant")) {
      if (row.getBoolean("early")) {
        names.add("");
        names.add(row.getString("tenant"));
      }
    }
    names.remove(RecoveryQueue.CLOUD);
    return names;
  }

  /** Whether any of the log was restored; then it is too late to choose. */
  boolean isLogBegun() throws RecoveryException {
    return target.restoredSegments().values().stream().anyMatch(segment -> segment > 0);
  }

  /** A tenant is chosen; nobody else writes its chunks. */
  void choose(String tenant) throws RecoveryException {
    target.execute(
        "UPDATE %s.recovery_tenant SET early = true WHERE tenant = ?", RecoveryQueue.key(tenant));
  }

  /** The archive ends there, whatever the sibling receives from now on. */
  void fixEnd(RecoveryPoint point) throws RecoveryException {
    for (Map.Entry<Integer, Long> slice : point.lastSegments().entrySet()) {
      target.execute(
          "UPDATE %s.recovery_slice SET last_segment = ? WHERE slice = ?",
          slice.getValue(), slice.getKey());
    }
  }

  /** The same point, up to where the archive ended when tenants were chosen, if they were. */
  public RecoveryPoint fixed(RecoveryPoint point) throws RecoveryException {
    SortedMap<Integer, Long> ends = new TreeMap<>();
    for (Row row : target.all("SELECT slice, last_segment FROM %s.recovery_slice")) {
      if (!row.isNull("last_segment")) {
        ends.put(row.getInt("slice"), row.getLong("last_segment"));
      }
    }
    return names().isEmpty() ? point : point.upTo(ends);
  }
}
