package govcloud.benchmarks;

import govcloud.localcassandra.LocalCassandra.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one run measures and how long.
 *
 * @param root the repository's folder
 * @param durability of Cassandra's commit log
 * @param rounds how often the contenders take turns
 * @param warmUp how long each contender runs before it is counted, in its first turn
 * @param measured how long each turn is counted
 * @param entities numbers of entities to measure with
 * @param inFlight requests under way at once
 * @param slices of the cloud, one number for each run
 * @param nodes in this JVM, one number for each run
 * @param views whether read models are kept up
 * @param events of a lost cloud, one number for each restore
 * @param megabytes of a file, one number for each run
 * @param parts of the figures of a restore: {@code writers}, {@code first}, {@code suffix}, {@code
 *     process}
 * @param threads of a restore and its proof
 * @param tenants departments of a lost cloud
 * @param cassandra process id and port of a running Cassandra to use, as {@code PID:PORT}; empty
 *     starts one for this run
 */
record Options(
    Path root,
    Durability durability,
    int rounds,
    Duration warmUp,
    Duration measured,
    List<Integer> entities,
    int inFlight,
    List<Integer> slices,
    List<Integer> nodes,
    boolean views,
    List<Integer> events,
    List<Integer> megabytes,
    Set<String> parts,
    int threads,
    int tenants,
    String cassandra) {

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("root", "."),
          Map.entry("commit-log", "batch"),
          Map.entry("rounds", "3"),
          Map.entry("warm-up", "8"),
          Map.entry("seconds", "8"),
          Map.entry("entities", "1000,100000"),
          Map.entry("in-flight", "512"),
          Map.entry("slices", "16"),
          Map.entry("nodes", "1"),
          Map.entry("views", "on"),
          Map.entry("events", "100000,1000000"),
          Map.entry("megabytes", "64,1024"),
          Map.entry("parts", "writers,first,suffix,process"),
          Map.entry("threads", String.valueOf(Runtime.getRuntime().availableProcessors())),
          Map.entry("tenants", "10"),
          Map.entry("cassandra", ""));

  /** Reads {@code --key value} pairs; refuses keys and values that it does not know. */
  static Options parse(List<String> words) {
    Map<String, String> given = new LinkedHashMap<>(DEFAULTS);
    for (int i = 0; i < words.size(); i += 2) {
      String key = words.get(i).replaceFirst("^--", "");
      if (!DEFAULTS.containsKey(key) || i + 1 == words.size()) {
        throw new IllegalArgumentException(
            words.get(i) + " (expected: one of --" + String.join(", --", DEFAULTS.keySet()) + ")");
      }
      given.put(key, words.get(i + 1));
    }
    return new Options(
        Path.of(given.get("root")).toAbsolutePath().normalize(),
        Durability.valueOf(given.get("commit-log").toUpperCase(Locale.ROOT)),
        Integer.parseInt(given.get("rounds")),
        Duration.ofSeconds(Long.parseLong(given.get("warm-up"))),
        Duration.ofSeconds(Long.parseLong(given.get("seconds"))),
        numbers(given.get("entities")),
        Integer.parseInt(given.get("in-flight")),
        numbers(given.get("slices")),
        numbers(given.get("nodes")),
        given.get("views").equals("on"),
        numbers(given.get("events")),
        numbers(given.get("megabytes")),
        Set.of(given.get("parts").split(",", -1)),
        Integer.parseInt(given.get("threads")),
        Integer.parseInt(given.get("tenants")),
        given.get("cassandra"));
  }

  private static List<Integer> numbers(String list) {
    return Stream.of(list.split(",", -1)).map(Integer::valueOf).toList();
  }

  /** A load of these options. */
  Load load() {
    return new Load(inFlight, measured);
  }
}
