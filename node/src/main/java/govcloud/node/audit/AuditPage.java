package govcloud.node.audit;

import govcloud.domain.Actor;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Door;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import govcloud.node.page.Language;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The search for browsers with or without script. Whoever looks is written down before he sees. */
final class AuditPage {

  private static final int ROWS = 50;
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

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
    return enter(call)
        .thenCompose(actor -> witness.allowed(Visit.of(call.request())))
        .thenCompose(written -> found(call))
        .handle(
            (response, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(response)
                    : refused(call, failure))
        .thenCompose(Function.identity());
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
        .thenApply(result -> html(200, new AuditHtml(language(call), call).found(filter, result)));
  }

  private CompletionStage<HttpResponse> refused(Call call, Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof ProblemException known)) {
      return CompletableFuture.failedStage(failure);
    }
    var problem = known.problem();
    Visit.of(call.request()).refusedFor(problem.code());
    if (problem.status() == BorderCode.TOKEN_NEEDED.status()) {
      var there = "/sign-in?lang=" + language(call).code();
      return CompletableFuture.completedStage(
          Replies.header(HttpResponse.create().withStatus(303), "Location", there));
    }
    return CompletableFuture.completedStage(
        html(
            problem.status(),
            new AuditHtml(language(call), call).refused(problem.code(), problem.detail())));
  }

  private static Language language(Call call) {
    return Language.choose(
        call.parameter("lang"),
        call.request().getHeader("Accept-Language").map(HttpHeader::value).orElse(""));
  }

  private static HttpResponse html(int status, String text) {
    return Replies.header(
        HttpResponse.create().withStatus(status).withEntity(ContentTypes.TEXT_HTML_UTF8, text),
        "Content-Security-Policy",
        POLICY);
  }
}
