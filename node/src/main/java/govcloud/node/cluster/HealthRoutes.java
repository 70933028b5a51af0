package govcloud.node.cluster;

import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.management.HealthCheckSettings;
import org.apache.pekko.management.javadsl.CheckResult;
import org.apache.pekko.management.javadsl.HealthChecks;

/** The same health as on the management port, for those who only see the API. */
public final class HealthRoutes {

  private final HealthChecks checks;

  public HealthRoutes(ActorSystem<?> system) {
    var classic = (ExtendedActorSystem) system.classicSystem();
    this.checks =
        new HealthChecks(
            classic,
            HealthCheckSettings.create(
                system.settings().config().getConfig("pekko.management.health-checks")));
  }

  /** Adds the operations. */
  public void register(Routes routes) {
    routes
        .on("getLive", call -> answer(call, checks::aliveResult))
        .on("getReady", call -> answer(call, checks::readyResult));
  }

  private static CompletionStage<HttpResponse> answer(
      Call call, Supplier<CompletionStage<CheckResult>> check) {
    var name = call.operation().equals("getLive") ? "live" : "ready";
    return check
        .get()
        .handle(
            (result, failure) -> {
              var good = failure == null && result.isSuccess();
              var why = failure != null ? Optional.of(failure.toString()) : result.failure();
              var one =
                  new Fields()
                      .with("name", name)
                      .with("status", good ? "up" : "down")
                      .maybe("detail", good ? null : why.orElse(""))
                      .map();
              return Replies.json(
                  good ? 200 : 503,
                  new Fields()
                      .with("status", good ? "up" : "down")
                      .with("checks", List.of(one))
                      .map());
            });
  }
}
