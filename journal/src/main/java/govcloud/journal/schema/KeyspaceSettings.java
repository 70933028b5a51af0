package govcloud.journal.schema;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.typesafe.config.Config;
import govcloud.journal.cassandra.CassandraSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings without which the rows of a keyspace mean something else: where an entity lies, when
 * a day ends, whose cloud it is. The keyspace has them itself, so that nobody works on it with
 * other ones.
 */
public final class KeyspaceSettings {
  /** Name of the cloud. */
  public static final String CLOUD = "govcloud.node.cloud";

  /** How many slices the log has. */
  public static final String SLICES = "govcloud.journal.slices";

  /** Those that a configuration and the signed cut name alike. */
  public static final List<String> SIGNED =
      List.of(
          SLICES,
          "govcloud.catalogue.calendar",
          "govcloud.catalogue.time-zone",
          "govcloud.catalogue.cloud-kind");

  /** With another value of one of these, what is there can never be read again. */
  public static final Set<String> FIXED = Set.of(CLOUD, SLICES);

  private KeyspaceSettings() {}

  /**
   * Notes the settings that are not noted yet, unless one that is there differs.
   *
   * @param settings by name
   * @return the noted values of those that differ, by name
   */
  public static SortedMap<String, String> keep(
      CqlSession session, String keyspace, Map<String, String> settings) {
    SortedMap<String, String> noted = read(session, keyspace);
    SortedMap<String, String> different = different(noted, settings);
    if (different.isEmpty()) {
      settings.forEach(
          (name, value) -> {
            if (!noted.containsKey(name)) {
              noted.put(name, note(session, keyspace, name, value));
            }
          });
    }
    return different(noted, settings);
  }

  /** What is noted, by name; empty in a keyspace of a version before. */
  public static SortedMap<String, String> read(CqlSession session, String keyspace) {
    SortedMap<String, String> noted = new TreeMap<>();
    for (Row row :
        Repeated.execute(session, "SELECT name, value FROM " + keyspace + ".keyspace_setting")) {
      noted.put(row.getString("name"), row.getString("value"));
    }
    return noted;
  }

  private static SortedMap<String, String> different(
      Map<String, String> noted, Map<String, String> settings) {
    SortedMap<String, String> different = new TreeMap<>();
    settings.forEach(
        (name, value) -> {
          // Words such as extranet are read in any case.
          if (noted.containsKey(name) && !noted.get(name).equalsIgnoreCase(value)) {
            different.put(name, noted.get(name));
          }
        });
    return different;
  }

  /**
   * Two that start at once with different values do not both win. Made again after an unknown
   * outcome, it finds its own value.
   */
  private static String note(CqlSession session, String keyspace, String name, String value) {
    Row row =
        Repeated.execute(
                session,
                "INSERT INTO "
                    + keyspace
                    + ".keyspace_setting (name, value) VALUES (?, ?) IF NOT EXISTS",
                name,
                value)
            .one();
    return row == null || row.getBoolean("[applied]") ? value : row.getString("value");
  }

  /**
   * Refuses a keyspace that was made with other settings than a node's. One of a version before has
   * none: the first node that starts notes its own.
   *
   * @param root the whole configuration
   * @param named whether the node has the cloud's keys, which say its name; without them a name is
   *     compared where there is one, and not noted
   * @throws SchemaException with {@code SCHEMA_SETTINGS_DIFFER}
   */
  public static void require(
      CqlSession session, CassandraSettings settings, Config root, boolean named) {
    SortedMap<String, String> own = new TreeMap<>();
    SIGNED.forEach(name -> own.put(name, root.getString(name)));
    if (named || read(session, settings.keyspace()).containsKey(CLOUD)) {
      own.put(CLOUD, root.getString(CLOUD));
    }
    SortedMap<String, String> different = keep(session, settings.keyspace(), own);
    if (!different.isEmpty()) {
      String name = different.firstKey();
      throw new SchemaException(
          SchemaException.Code.SCHEMA_SETTINGS_DIFFER,
          "%s: %s (expected: %s, with which keyspace %s was made)"
              .formatted(name, own.get(name), different.get(name), settings.keyspace()));
    }
  }
}
