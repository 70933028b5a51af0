package govcloud.node.audit;

import govcloud.domain.Actor;
import govcloud.node.http.Call;
import govcloud.node.http.Door;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The search for browsers with or without script. Whoever looks is written down before he sees. */
final class AuditPage {

  private static final int ROWS = 50;

  private final AuditSearch search;
  private final AuditWitness witness;
  private final Supplier<Door> door;

  AuditPage(AuditSearch search, AuditWitness witness, Supplier<Door> door) {
    this.search = search;
    this.witness = witness;
    this.door = door;
  }

  void register(Routes routes) {
    routes.on("getAuditPage", this::page);
  }

  private CompletionStage<HttpResponse> page(Call call) {
    return HtmlPages.orSignIn(
        call,
        enter(call)
            .thenCompose(actor -> witness.allowed(Visit.of(call.request())))
            .thenCompose(written -> found(call)),
        problem ->
            new AuditHtml(Language.of(call), call).refused(problem.code(), problem.detail()));
  }

  /** The page shows what the search shows, to the same people. */
  private CompletionStage<Actor> enter(Call call) {
    return CompletableFuture.completedStage(call.request())
        .thenCompose(door.get()::open)
        .thenApply(
            guest -> {
              var actor = guest.enter("searchAudit", Optional.empty(), Optional.empty());
              Visit.of(call.request()).isBy(actor);
              return actor;
            });
  }

  private CompletionStage<HttpResponse> found(Call call) {
    var filter = AuditFilter.of(call, search.now());
    return search
        .find(filter, call.parameter("page_token").map(AuditPlace::read), ROWS)
        .thenApply(
            result ->
                HtmlPages.page(200, new AuditHtml(Language.of(call), call).found(filter, result)));
  }
}
