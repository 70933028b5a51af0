package govcloud.node.replication.site;

import com.fasterxml.jackson.databind.util.RawValue;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.projection.Page;
import govcloud.node.replication.ReplicationThreads;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked over HTTP of a site that was given up. */
public final class OrphanRoutes {
  private final Optional<Orphans> orphans;
  private final ReplicationThreads threads;

  /**
   * Routes.
   *
   * @param orphans none where nothing is archived
   * @param threads for reading archive and log
   */
  public OrphanRoutes(Optional<Orphans> orphans, ReplicationThreads threads) {
    this.orphans = orphans;
    this.threads = threads;
  }

  /** Adds the operations of given-up sites. */
  public void register(Routes routes) {
    routes.on("listOrphans", this::list);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    OrphanPlace from =
        call.parameter("page_token").map(OrphanRoutes::place).orElse(OrphanPlace.START);
    int size = Lists.request(call).size();
    return orphans
        .map(known -> threads.run(false, () -> known.page(call.parameter("tenant"), size, from)))
        .orElseGet(() -> CompletableFuture.completedStage(new Page<>(List.of(), Optional.empty())))
        .thenApply(page -> Replies.ok(Lists.body(page.map(OrphanRoutes::shape))));
  }

  private static OrphanPlace place(String text) {
    return OrphanPlace.parse(text)
        .orElseThrow(
            () ->
                Problem.of(
                        BorderCode.PAGE_TOKEN_INVALID,
                        "page_token: " + text + " (expected: the next_page_token of a page)")
                    .asException());
  }

  private static Map<String, Object> shape(Orphan orphan) {
    return new Fields()
        .maybe("tenant", orphan.tenant())
        .with("entity", orphan.entity())
        .with("sequence", orphan.sequence())
        .with("at", orphan.at())
        .maybe("person", orphan.person())
        .maybe("role", orphan.role())
        .with("events", orphan.events().stream().map(OrphanRoutes::shape).toList())
        .map();
  }

  private static Map<String, Object> shape(Orphan.Event event) {
    Fields fields = new Fields().with("type", event.type());
    return event.data().isEmpty()
        ? fields.map()
        : fields.with("data", new RawValue(event.data())).map();
  }

  /** What is known of the site, for the answer about replication as a whole. */
  public static Map<String, Object> shape(GivenUp site) {
    Fields fields =
        new Fields()
            .with("site_epoch", site.site().siteEpoch())
            .with("current_site_epoch", site.site().currentEpoch());
    site.orphans()
        .ifPresent(
            count ->
                fields
                    .with("orphans", count.records())
                    .with("tenants", count.tenants().stream().map(OrphanRoutes::shape).toList()));
    return fields.map();
  }

  private static Map<String, Object> shape(OrphanCount.OfTenant tenant) {
    return new Fields()
        .maybe("tenant", tenant.tenant())
        .with("orphans", tenant.records())
        .with("first_at", tenant.firstAt())
        .with("last_at", tenant.lastAt())
        .map();
  }
}
