package govcloud.node.cluster;

import govcloud.domain.Actor;
import govcloud.node.NodeSettings;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.projection.Views;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of the cluster over HTTP. */
public final class ClusterRoutes {

  private final NodeSettings settings;
  private final ClusterView cluster;
  private final Views views;
  private final Supplier<CompletionStage<List<Map<String, Object>>>> attention;

  /**
   * Routes over what this node knows.
   *
   * @param attention asks what needs an operator, as JSON
   */
  public ClusterRoutes(
      NodeSettings settings,
      ClusterView cluster,
      Views views,
      Supplier<CompletionStage<List<Map<String, Object>>>> attention) {
    this.settings = settings;
    this.cluster = cluster;
    this.views = views;
    this.attention = attention;
  }

  /** Adds the operations of the cluster. */
  public void register(Routes routes) {
    routes.on("getCluster", this::get).on("drainNode", this::drain);
  }

  private CompletionStage<HttpResponse> get(Call call) {
    return cluster
        .state()
        .thenCombine(
            views.lags().thenCombine(attention.get(), Rest::new),
            (state, rest) -> Replies.ok(shape(state, rest)));
  }

  private record Rest(List<Views.ViewLag> lags, List<Map<String, Object>> items) {}

  private Map<String, Object> shape(ClusterView.ClusterState state, Rest rest) {
    return new Fields()
        .with("self", cluster.self())
        .with("cloud", settings.cloud())
        .with("nodes", state.nodes())
        .with("slices", state.slices())
        .with("unallocated", state.unallocated())
        .with("attention", rest.items())
        .with("views", rest.lags().stream().map(ClusterRoutes::shape).toList())
        .map();
  }

  private static Map<String, Object> shape(Views.ViewLag lag) {
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

  private CompletionStage<HttpResponse> drain(Call call) {
    var node = call.path("node");
    if (!call.actor().role().equals(Actor.OPERATOR)) {
      throw Problem.of(
              BorderCode.OPERATOR_ONLY, "role: " + call.actor().role() + " (expected: operator)")
          .asException();
    }
    if (call.dryRun()) {
      return cluster
          .state()
          .thenApply(
              state ->
                  drained(
                      node,
                      state.nodes().stream().anyMatch(member -> member.name().equals(node)),
                      "would_drain"));
    }
    return cluster.drain(node).thenApply(known -> drained(node, known, "draining"));
  }

  private static HttpResponse drained(String node, boolean known, String status) {
    if (!known) {
      throw Problem.of(BorderCode.NOT_FOUND, node + ": no such node (expected: one of /v1/cluster)")
          .asException();
    }
    return Replies.json(202, Map.of("node", node, "status", status));
  }
}
