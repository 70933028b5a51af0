package govcloud.recovery.command;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.local.IsolatedNode;
import govcloud.cli.output.ProgressBar;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.localcassandra.CassandraRole;
import govcloud.localcassandra.LocalCassandra;
import govcloud.localcassandra.LocalCassandraException;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.drill.DrillWork;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.restore.Target;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A Cassandra of its own on loopback, and a node on what is restored there, in a place that is
 * thrown away: for drills and for clones.
 */
final class OwnSite implements AutoCloseable {
  private static final int HEAP_MEGABYTES = 512;
  private static final Duration NODE_PATIENCE = Duration.ofMinutes(3);
  private static final double USUAL_MILLIS = 20_000;

  /** What a node must be told as the lost cloud's were. */
  private static final List<String> SETTINGS =
      List.of(
          "govcloud.journal.slices", "govcloud.catalogue.calendar", "govcloud.catalogue.time-zone");

  private final DrillWork place;
  private final Stages stages;
  private final Replica replica;
  private final String keyspace;
  private final LocalCassandra cassandra;

  private OwnSite(
      DrillWork place, Stages stages, Replica replica, String keyspace, LocalCassandra cassandra) {
    this.place = place;
    this.stages = stages;
    this.replica = replica;
    this.keyspace = keyspace;
    this.cassandra = cassandra;
  }

  /**
   * Starts Cassandra.
   *
   * @param keyspace into which is restored; there is no other
   * @throws CommandFailure with {@code CASSANDRA_NOT_STARTED}
   */
  static OwnSite start(DrillWork place, Stages stages, Replica replica, String keyspace)
      throws IOException {
    try (ProgressBar bar = new ProgressBar(stages.terminal(), stages.clock(), "Cassandra", "")) {
      LocalCassandra cassandra =
          LocalCassandra.start(
              LocalCassandra.Settings.in(place.folder("cassandra"))
                  .withHeapMegabytes(HEAP_MEGABYTES)
                  .withAuthentication(true),
              step ->
                  bar.update(
                      Math.min(1, step.elapsed().toMillis() / USUAL_MILLIS), 0, step.activity()));
      place.note(ProcessHandle.of(cassandra.pid()).orElseThrow());
      return new OwnSite(place, stages, replica, keyspace, cassandra);
    } catch (LocalCassandraException e) {
      throw new CommandFailure(ExitCode.FAILED, "CASSANDRA_NOT_STARTED", e.getMessage());
    }
  }

  /** The keyspace, made. */
  Target target() throws RecoveryException {
    Map<String, Object> settings =
        new HashMap<>(CassandraRole.RECOVERY.login(cassandra.settings().home()));
    settings.put("contact-points", List.of("127.0.0.1:" + cassandra.contactPoint().getPort()));
    settings.put("keyspace", keyspace);
    CassandraSettings all = TargetOptions.settings(settings);
    return Target.open(all, replica.secrets().cloud());
  }

  /**
   * Starts a node on what was restored and waits until it takes requests; closed by the caller.
   *
   * @param point to which it was restored
   */
  IsolatedNode node(RecoveryPoint point, SecureRandom random) throws IOException {
    IsolatedNode.Settings settings =
        new IsolatedNode.Settings(
            place.folder("node"),
            replica.secrets().cloud(),
            point
                .setting("govcloud.catalogue.cloud-kind")
                .orElse("extranet")
                .toLowerCase(Locale.ROOT),
            cassandra,
            keyspace,
            lines(point));
    IsolatedNode node = IsolatedNode.start(settings, random);
    try {
      place.note(node.process());
      node.awaitReady(stages.clock(), NODE_PATIENCE);
      return node;
    } catch (IOException | RuntimeException e) {
      node.close();
      throw e;
    }
  }

  private static List<String> lines(RecoveryPoint point) {
    List<String> lines = new ArrayList<>();
    for (String name : SETTINGS) {
      point.setting(name).ifPresent(value -> lines.add(name + " = \"" + value + "\""));
    }
    point
        .copied()
        .ifPresent(copied -> lines.add("govcloud.node.copy-of = \"" + copied.tenant() + "\""));
    return lines;
  }

  @Override
  public void close() {
    cassandra.close();
  }
}
