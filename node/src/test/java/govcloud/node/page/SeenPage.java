package govcloud.node.page;

import govcloud.node.http.Token;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The first page of a cloud in which nothing happens. */
public final class SeenPage {

  private SeenPage() {}

  /** Its routes. */
  public static PageRoutes routes(
      Token token, Supplier<CompletionStage<?>> link, Onlookers onlookers) {
    var overview = OverviewHtmlTest.overview(List.of(), List.of());
    return new PageRoutes(
        () -> CompletableFuture.completedStage(overview),
        new PageCookie(token),
        token,
        link,
        onlookers,
        Duration.ofMillis(100));
  }
}
