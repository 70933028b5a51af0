package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import govcloud.journal.schema.KeyspaceSettings;
import govcloud.journal.schema.Repeated;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings that a keyspace notes: those of the lost cloud, as its signed cut names them. Nodes
 * with other ones do not start on it. Without a cut nobody signed any but the cloud's name, and the
 * first node notes its own.
 */
record TargetSettings(CqlSession session, String keyspace, String cloud) {

  /**
   * Notes what is not noted yet.
   *
   * @param served whether nodes work on it, whose operators may have changed on purpose what may be
   *     changed
   * @throws RecoveryException with {@code RECOVERY_SETTINGS_DIFFER}
   */
  void require(RecoveryPoint point, boolean served) throws RecoveryException {
    SortedMap<String, String> signed = signed(point);
    if (served) {
      signed.keySet().retainAll(KeyspaceSettings.FIXED);
    }
    keep(point, signed);
  }

  /**
   * The same for a later point: what the lost cloud changed on purpose meanwhile is as it was then.
   *
   * @throws RecoveryException with {@code RECOVERY_SETTINGS_DIFFER} for what never changes
   */
  void advance(RecoveryPoint point) throws RecoveryException {
    SortedMap<String, String> changed = signed(point);
    SortedMap<String, String> fixed = new TreeMap<>(changed);
    fixed.keySet().retainAll(KeyspaceSettings.FIXED);
    keep(point, fixed);
    changed.keySet().removeAll(KeyspaceSettings.FIXED);
    try {
      for (Map.Entry<String, String> setting : changed.entrySet()) {
        Repeated.execute(
            session,
            "UPDATE " + keyspace + ".keyspace_setting SET value = ? WHERE name = ? IF EXISTS",
            setting.getValue(),
            setting.getKey());
      }
    } catch (DriverException e) {
      throw failed(e);
    }
    keep(point, signed(point));
  }

  private SortedMap<String, String> signed(RecoveryPoint point) {
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(KeyspaceSettings.CLOUD, cloud);
    for (String name : KeyspaceSettings.SIGNED) {
      point.setting(name).ifPresent(value -> settings.put(name, value));
    }
    return settings;
  }

  private void keep(RecoveryPoint point, SortedMap<String, String> signed)
      throws RecoveryException {
    SortedMap<String, String> different;
    try {
      different = KeyspaceSettings.keep(session, keyspace, signed);
    } catch (DriverException e) {
      throw failed(e);
    }
    if (!different.isEmpty()) {
      String name = different.firstKey();
      throw new RecoveryException(
          Code.RECOVERY_SETTINGS_DIFFER,
          "keyspace %s: %s is %s (expected: %s, as %s of %s says, or another keyspace)"
              .formatted(
                  keyspace,
                  name,
                  different.get(name),
                  signed.get(name),
                  point
                      .cut()
                      .map(cut -> "cut " + cut.statement().getNumber())
                      .orElse("the archive"),
                  cloud));
    }
  }

  private RecoveryException failed(DriverException e) {
    return new RecoveryException(
        Code.RECOVERY_TARGET_FAILED, "keyspace " + keyspace + ": " + e.getMessage(), e);
  }
}
