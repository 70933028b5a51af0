package govcloud.node.http;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.Views;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * The one way in which lists are read: paged, and not before they have seen what the caller did.
 */
public final class Lists {

  private final Views views;
  private final Duration patience;

  /**
   * Lists that wait for the caller's writes.
   *
   * @param patience how long at most
   */
  public Lists(Views views, Duration patience) {
    this.views = views;
    this.patience = patience;
  }

  /** Reads a page of {@code view} and shows each of its rows as {@code shape} has it. */
  public <R> CompletionStage<HttpResponse> page(
      Call call,
      String view,
      Function<PageRequest, CompletionStage<Page<R>>> read,
      Function<R, Object> shape) {
    return caughtUp(call, view)
        .thenCompose(seen -> read.apply(request(call)))
        .thenApply(page -> Replies.ok(body(page.map(shape))));
  }

  /** Which part of a list the caller wants. */
  public static PageRequest request(Call call) {
    return new PageRequest(
        call.parameter("page_size").map(Integer::parseInt).orElse(PageRequest.DEFAULT_SIZE),
        call.parameter("page_token"));
  }

  /** The first record of a history that the caller wants. */
  public static long sequence(Call call) {
    var token = call.parameter("page_token").orElse("1");
    if (!token.matches("[1-9][0-9]{0,17}")) {
      throw Problem.of(
              BorderCode.PAGE_TOKEN_INVALID,
              "page_token: " + token + " (expected: the next_page_token of the same history)")
          .asException();
    }
    return Long.parseLong(token);
  }

  /** A page as JSON. */
  public static Map<String, Object> body(Page<?> page) {
    return new Fields()
        .with("items", page.items())
        .maybe("next_page_token", page.nextPageToken())
        .map();
  }

  private CompletionStage<Boolean> caughtUp(Call call, String view) {
    var token = call.parameter("min_version").or(() -> call.parameter("consistency-token"));
    if (token.isEmpty()) {
      return CompletableFuture.completedStage(true);
    }
    try {
      return views
          .await(view, token.get(), patience)
          .thenApply(seen -> seen(seen, view, token.get()));
    } catch (IllegalArgumentException e) {
      throw Problem.of(BorderCode.PARAMETER_MALFORMED, e.getMessage()).asException();
    }
  }

  private static boolean seen(boolean seen, String view, String token) {
    if (!seen) {
      throw Problem.of(
              BorderCode.VIEW_BEHIND, view + ": has not seen " + token + " yet (expected: soon)")
          .header("Retry-After", "1")
          .asException();
    }
    return true;
  }
}
