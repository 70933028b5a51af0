package govcloud.recovery.command;

import govcloud.cli.CommandFailure;
import govcloud.cli.api.ApiClient;
import govcloud.cli.command.Json;
import govcloud.cli.local.IsolatedNode;
import govcloud.cli.output.ProgressBar;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.command.TargetTask.Work;
import govcloud.recovery.drill.DrillResult;
import govcloud.recovery.drill.DrillWork;
import govcloud.recovery.drill.Measures;
import govcloud.recovery.drill.Measures.Part;
import govcloud.recovery.drill.Smoke;
import govcloud.recovery.drill.SmokeStep;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.progress.RecoveryWatch;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.prove.TenantProof;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.recovery.restore.RestoreSettings.Writer;
import govcloud.recovery.restore.Target;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One rehearsal: what a recovery does, in a Cassandra of its own on loopback, and then a real node
 * on the restored data. Whatever it finds out is its result; only the place in which it works can
 * make it fail without one.
 */
final class DrillRun {
  /** The keyspace of every drill; in a Cassandra of its own there is no other. */
  static final String KEYSPACE = "govcloud_drill";

  private static final Duration VIEW_PATIENCE = Duration.ofMinutes(10);
  private static final Duration API_PATIENCE = Duration.ofSeconds(30);

  private final String id;
  private final ArchiveOptions.Opened archive;
  private final Replica replica;
  private final RecoveryPoint point;
  private final Stages stages;
  private final boolean withNode;
  private final SecureRandom random;
  private final Measures measures;
  private Optional<ProofReport> proof = Optional.empty();
  private Optional<RecoveryPlan> plan = Optional.empty();
  private final List<SmokeStep> smoke = new ArrayList<>();
  private Map<String, Instant> usable = Map.of();

  /**
   * A drill that begins now.
   *
   * @param withNode whether a node is started on the restored data
   * @param random for the node's token
   */
  DrillRun(
      String id,
      ArchiveOptions.Opened archive,
      Replica replica,
      RecoveryPoint point,
      Stages stages,
      boolean withNode,
      SecureRandom random) {
    this.id = id;
    this.archive = archive;
    this.replica = replica;
    this.point = point;
    this.stages = stages;
    this.withNode = withNode;
    this.random = random;
    this.measures = new Measures(stages.clock().instant());
  }

  /** Does it. */
  DrillResult run(DrillWork place) throws IOException {
    Optional<String> failure = Optional.empty();
    try (OwnSite site = OwnSite.start(place, stages, replica, KEYSPACE)) {
      end(Part.CASSANDRA);
      rehearse(site);
    } catch (RecoveryException e) {
      failure = Optional.of(e.code() + ": " + e.getMessage());
    } catch (CommandFailure e) {
      failure = Optional.of(e.code() + ": " + e.getMessage());
    }
    return new DrillResult(measures, proof, plan, smoke, usable, failure);
  }

  private void rehearse(OwnSite site) throws RecoveryException, IOException {
    try (Target target = site.target()) {
      RecoveryWatch watch =
          new RecoveryWatch(
              replica.secrets().cloud(), replica.trust().receiver(), point, stages.clock());
      Work work = new Work(archive, replica, point, target, watch);
      stages.restore(work, true, Writer.AUTO);
      end(Part.RESTORE);
      proof = Optional.of(stages.prove(work, false));
      end(Part.PROVE);
      if (withNode && proof.get().isProved()) {
        work(site);
      }
      plan = Optional.of(stages.count(work, point));
      end(Part.COUNT);
    }
  }

  /** A node on the restored data: what people do there first, and how long until they can. */
  private void work(OwnSite site) throws IOException {
    try (ProgressBar bar = bar("node")) {
      bar.update(0, 0, "starting");
      try (IsolatedNode node = site.node(point, random)) {
        end(Part.NODE);
        use(node, bar);
      }
    }
  }

  private void use(IsolatedNode node, ProgressBar bar) {
    bar.update(0.3, 0, "ready; lists catch up");
    ApiClient api = node.client(Json.mapper(), API_PATIENCE, stages.clock());
    Smoke tried = new Smoke(Json.mapper(), api, stages.clock(), id);
    Instant before = stages.clock().instant();
    boolean complete = tried.awaitViews(VIEW_PATIENCE);
    end(Part.VIEWS);
    smoke.add(
        new SmokeStep(
            "",
            "",
            "lists show everything",
            complete,
            complete ? "no record is waited for" : "records are still waited for",
            Duration.between(before, stages.clock().instant())));
    bar.update(0.6, 0, "departments work");
    tried.run(tenants());
    end(Part.SMOKE);
    smoke.addAll(tried.steps());
    usable = tried.usable();
  }

  private List<String> tenants() {
    return proof.orElseThrow().tenants().stream()
        .map(TenantProof::tenant)
        .filter(tenant -> !tenant.isEmpty())
        .toList();
  }

  private ProgressBar bar(String title) {
    return new ProgressBar(stages.terminal(), stages.clock(), title, "");
  }

  private void end(Part part) {
    measures.end(part, stages.clock().instant());
  }
}
