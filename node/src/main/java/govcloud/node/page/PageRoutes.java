package govcloud.node.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import govcloud.node.http.Call;
import govcloud.node.http.EventStream;
import govcloud.node.http.Json;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Token;
import govcloud.node.http.Visit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.ContentType;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;

/** The first page and its stream. */
public final class PageRoutes {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final ContentType.NonBinary CSS =
      MediaTypes.TEXT_CSS.toContentType(HttpCharsets.UTF_8);
  private static final ContentType.NonBinary SCRIPT =
      MediaTypes.customWithFixedCharset("text", "javascript", HttpCharsets.UTF_8, Map.of(), false)
          .toContentType();

  private final Supplier<CompletionStage<Overview>> reader;
  private final PageCookie cookie;
  private final Token token;
  private final Supplier<CompletionStage<?>> link;
  private final Onlookers onlookers;
  private final Duration heartbeat;

  /**
   * Nothing shown yet.
   *
   * @param link fails with a problem when the link of the installation leads in no more
   */
  PageRoutes(
      Supplier<CompletionStage<Overview>> reader,
      PageCookie cookie,
      Token token,
      Supplier<CompletionStage<?>> link,
      Onlookers onlookers,
      Duration heartbeat) {
    this.reader = reader;
    this.cookie = cookie;
    this.token = token;
    this.link = link;
    this.onlookers = onlookers;
    this.heartbeat = heartbeat;
  }

  /** Adds the operations of the page. */
  public void register(Routes routes) {
    registerFiles(routes);
    routes.on("getFirstPage", this::page).on("streamPage", this::stream);
  }

  /** Adds what is the same for everybody: style, scripts, and the page that checks proofs. */
  public static void registerFiles(Routes routes) {
    routes.on("getPageFile", PageRoutes::file).on("getProofPage", ProofPage::answer);
  }

  private CompletionStage<HttpResponse> page(Call call) {
    var given = call.parameter("token");
    if (given.isPresent() && token.is(given.get())) {
      var there = call.parameter("lang").map(lang -> "/?lang=" + lang).orElse("/");
      var welcome = Replies.header(HttpResponse.create().withStatus(303), "Location", there);
      return CompletableFuture.completedStage(
          Replies.header(welcome, "Set-Cookie", cookie.header(isSecure(call))));
    }
    return HtmlPages.orTold(
        call,
        admitted(call).thenCompose(yes -> whole(Language.of(call))),
        problem ->
            CompletableFuture.completedStage(
                html(new FirstPage(Language.of(call)).closed(problem.status()))
                    .withStatus(problem.status())));
  }

  /** By the link, as long as it leads in; else by a session. */
  private CompletionStage<?> admitted(Call call) {
    return cookie.isIn(call.request(), isSecure(call))
        ? link.get()
            .<Object>thenApply(yes -> yes)
            .exceptionallyCompose(no -> onlookers.admit(call).<Object>thenApply(yes -> yes))
        : onlookers.admit(call);
  }

  private CompletionStage<HttpResponse> whole(Language language) {
    return reader
        .get()
        .thenApply(
            overview ->
                html(
                    new FirstPage(language)
                        .whole(overview.cloud(), new OverviewHtml(language).parts(overview))));
  }

  private static boolean isSecure(Call call) {
    return call.request().getUri().getScheme().equals("https");
  }

  private static HttpResponse html(String text) {
    return Replies.header(
        HttpResponse.create().withEntity(ContentTypes.TEXT_HTML_UTF8, text),
        "Content-Security-Policy",
        POLICY);
  }

  private static CompletionStage<HttpResponse> file(Call call) {
    var name = call.path("file");
    try (var in = PageRoutes.class.getResourceAsStream("/page/" + name)) {
      var bytes = in.readAllBytes();
      return CompletableFuture.completedStage(
          HttpResponse.create()
              .withEntity(HttpEntities.create(name.endsWith(".css") ? CSS : SCRIPT, bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("page/" + name, e);
    }
  }

  private CompletionStage<HttpResponse> stream(Call call) {
    var bearer =
        call.request()
            .getHeader("Authorization")
            .map(HttpHeader::value)
            .filter(value -> value.startsWith("Bearer ") && token.is(value.substring(7)));
    var byLink = bearer.isPresent() || cookie.isIn(call.request(), isSecure(call));
    Supplier<CompletionStage<?>> admitted = byLink ? link : () -> onlookers.admit(call);
    Visit.of(call.request()).stands(admitted);
    return admitted.get().thenApply(yes -> EventStream.of(changes(call), heartbeat));
  }

  /** Parts that differ from those sent before; a moment without answer is left out. */
  private Source<EventStream.Message, NotUsed> changes(Call call) {
    var html = new OverviewHtml(Language.of(call));
    return Source.tick(Duration.ZERO, LOOK, "look")
        .mapMaterializedValue(cancellable -> NotUsed.getInstance())
        .conflate((earlier, later) -> later)
        .mapAsync(
            1,
            look ->
                reader
                    .get()
                    .<Optional<Map<String, String>>>handle(
                        (overview, failure) ->
                            failure == null ? Optional.of(html.parts(overview)) : Optional.empty()))
        .mapConcat(found -> found.stream().toList())
        .<Map<String, String>, List<EventStream.Message>>statefulMap(
            Map::of,
            (before, now) -> Pair.create(now, changed(before, now)),
            last -> Optional.empty())
        .mapConcat(messages -> messages);
  }

  private static List<EventStream.Message> changed(
      Map<String, String> before, Map<String, String> now) {
    var messages = new ArrayList<EventStream.Message>();
    now.forEach(
        (part, html) -> {
          if (!html.equals(before.get(part))) {
            messages.add(new EventStream.Message("", part, quoted(html)));
          }
        });
    return messages;
  }

  private static String quoted(String html) {
    try {
      return Json.mapper().writeValueAsString(html);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
