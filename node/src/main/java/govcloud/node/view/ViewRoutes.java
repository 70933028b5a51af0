package govcloud.node.view;

import govcloud.domain.Actor;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.projection.Rebuilds;
import govcloud.node.projection.Views;
import govcloud.node.projection.Views.ViewLag;
import govcloud.node.projection.parking.ParkedStream;
import govcloud.node.projection.parking.Parking;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of views over HTTP. */
public final class ViewRoutes {

  private final Views views;
  private final Parking parking;
  private final Rebuilds rebuilds;

  /** Routes over the views of the cloud and what they have set aside. */
  public ViewRoutes(Views views, Parking parking, Rebuilds rebuilds) {
    this.views = views;
    this.parking = parking;
    this.rebuilds = rebuilds;
  }

  /** Adds the operations of views. */
  public void register(Routes routes) {
    routes
        .on("listViews", this::list)
        .on("listParkedStreams", this::parked)
        .on("replayView", this::replay)
        .on("rebuildView", this::rebuild);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return views
        .lags()
        .thenApply(
            lags -> Replies.ok(Map.of("items", lags.stream().map(ViewRoutes::shape).toList())));
  }

  /** A view as JSON. */
  public static Map<String, Object> shape(ViewLag lag) {
    return new Fields()
        .with("view", lag.view())
        .with("generation", lag.generation().number())
        .with("lag", lag.seconds())
        .with("records", lag.records())
        .with("failing", lag.failing())
        .with("parked", lag.parked().size())
        .with("waiting", lag.waiting())
        .map();
  }

  private CompletionStage<HttpResponse> parked(Call call) {
    return view(call)
        .thenApply(
            lag ->
                Replies.ok(
                    Map.of(
                        "items",
                        lag.parked().stream().map(stream -> shape(lag, stream)).toList())));
  }

  private static Map<String, Object> shape(ViewLag lag, ParkedStream stream) {
    return new Fields()
        .with("view", lag.view())
        .with("entity", stream.entity())
        .with("slice", stream.slice())
        .with("sequence", stream.sequence())
        .with("position", stream.position())
        .with("waiting", stream.waiting())
        .with("reason", stream.reason())
        .with("since", stream.since())
        .map();
  }

  private CompletionStage<HttpResponse> replay(Call call) {
    requireOperator(call);
    Optional<String> entity = Optional.of(call.text("entity")).filter(id -> !id.isEmpty());
    return view(call)
        .thenCompose(
            lag -> {
              requireParked(lag, entity);
              return call.dryRun()
                  ? CompletableFuture.completedStage(List.<String>of())
                  : parking.replay(
                      lag.generation().projection(),
                      entity,
                      call.actor(),
                      Commands.identifier("", call));
            })
        .thenApply(
            operations ->
                Replies.json(202, Map.of("view", call.path("view"), "operations", operations)));
  }

  private static void requireParked(ViewLag lag, Optional<String> entity) {
    entity.ifPresent(
        id -> {
          if (lag.parked().stream().noneMatch(stream -> stream.entity().equals(id))) {
            throw Problem.of(
                    BorderCode.NOT_FOUND,
                    id + ": not parked in " + lag.view() + " (expected: one of its parked streams)")
                .asException();
          }
        });
  }

  private CompletionStage<HttpResponse> rebuild(Call call) {
    requireOperator(call);
    return view(call)
        .thenCompose(
            lag -> {
              if (!rebuilds.possible(lag.view())) {
                throw Problem.of(
                        BorderCode.VIEW_NOT_REBUILDABLE,
                        lag.view() + ": a record of what was used or done (expected: a list)")
                    .asException();
              }
              return call.dryRun()
                  ? CompletableFuture.completedStage(new Rebuilds.Begun("", true))
                  : rebuilds.begin(lag.view(), Commands.identifier("rebuild-", call), call.actor());
            })
        .thenApply(begun -> begun(call, begun));
  }

  private static HttpResponse begun(Call call, Rebuilds.Begun begun) {
    var view = call.path("view");
    if (!begun.begun()) {
      throw Problem.of(
              BorderCode.VIEW_REBUILDING, view + ": under way or being cleared up (expected: none)")
          .with("operation", begun.operation())
          .asException();
    }
    var operations = begun.operation().isEmpty() ? List.of() : List.of(begun.operation());
    var answer = Replies.json(202, Map.of("view", view, "operations", operations));
    return begun.operation().isEmpty()
        ? answer
        : Replies.header(answer, "Location", "/v1/operations/" + begun.operation());
  }

  private CompletionStage<ViewLag> view(Call call) {
    var name = call.path("view");
    return views
        .lags()
        .thenApply(
            lags ->
                lags.stream()
                    .filter(lag -> lag.view().equals(name))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            Problem.of(
                                    BorderCode.NOT_FOUND,
                                    name
                                        + ": no such view (expected: one of "
                                        + lags.stream().map(ViewLag::view).toList()
                                        + ")")
                                .asException()));
  }

  private static void requireOperator(Call call) {
    if (!call.actor().role().equals(Actor.OPERATOR)) {
      throw Problem.of(
              BorderCode.OPERATOR_ONLY, "role: " + call.actor().role() + " (expected: operator)")
          .asException();
    }
  }
}
