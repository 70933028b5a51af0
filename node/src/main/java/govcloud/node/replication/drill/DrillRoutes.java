package govcloud.node.replication.drill;

import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of drills over HTTP. */
public final class DrillRoutes {
  private static final int DEFAULT_LIMIT = 30;

  private final Drills drills;

  /** Routes over what is known of drills. */
  public DrillRoutes(Drills drills) {
    this.drills = drills;
  }

  /** Adds the operation. */
  public void register(Routes routes) {
    routes.on("listDrills", this::list);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    int limit = call.parameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    return CompletableFuture.completedStage(Replies.ok(answer(limit)));
  }

  /** The whole answer. */
  Map<String, Object> answer(int limit) {
    return new Fields()
        .with("items", drills.newest().stream().limit(limit).map(DrillRoutes::shape).toList())
        .with("trend", drills.trend().stream().map(DrillRoutes::shape).toList())
        .maybe("last_good", drills.lastGood().map(DrillRoutes::shape))
        .maybe("schedule", drills.plan().map(DrillRoutes::schedule))
        .map();
  }

  private static Map<String, Object> schedule(DrillPlan plan) {
    return new Fields()
        .with("time", plan.time())
        .with("zone", plan.zone())
        .with("sample_slices", plan.sampleSlices())
        .with("everything_on", plan.everythingOn())
        .with("asked_by", plan.askedBy())
        .with("approved_by", plan.approvedBy())
        .map();
  }

  private static Map<String, Object> shape(DrillSummary drill) {
    return new Fields()
        .with("drill", drill.drill())
        .with("scope", drill.scope())
        .with("outcome", drill.outcome())
        .with("signature", drill.signature())
        .maybe("asked_by", drill.askedBy())
        .with("approved_by", drill.approvedBy())
        .with("began_at", drill.beganAt())
        .maybe("ended_at", drill.endedAt())
        .with("records", drill.records())
        .with("differences", drill.differences())
        .maybe("recovery_time", drill.recoveryTime().map(DrillRoutes::seconds))
        .maybe("recovery_point_age", drill.recoveryPointAge().map(DrillRoutes::seconds))
        .maybe("last_record_at", drill.lastRecordAt())
        .map();
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
