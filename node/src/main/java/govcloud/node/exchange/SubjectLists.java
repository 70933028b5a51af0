package govcloud.node.exchange;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.SubjectNames;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * What the lists of data subjects are called in the view of exchanges. A person's number can be
 * found by trying all of them, so the name that {@link ExchangeView#listOf} makes of it goes
 * through a key of the cloud before it comes into a table. Rows from before that are under the name
 * itself until the view is built again, and are found behind the others.
 */
public final class SubjectLists {

  private static final String KEYED = "person=";

  /** Begins the tokens of pages of what was filed before; no other token has it. */
  private static final String EARLIER = ".";

  private final Optional<KeyFolder> keys;
  private volatile SubjectNames names;

  /**
   * Those of a cloud.
   *
   * @param keys none: the cloud has none, so names stay as they are
   */
  public SubjectLists(Optional<KeyFolder> keys) {
    this.keys = keys;
  }

  /** Reads a page of a list. */
  interface Lists {
    CompletionStage<Page<ExchangeRow>> page(String list, PageRequest request);
  }

  /** The name in the tables for one that {@link ExchangeView#listOf} made. */
  String keyed(String list) {
    return keys.isEmpty() ? list : KEYED + names().of(list);
  }

  /** All names of the list of somebody in the tables. */
  List<String> of(String subject) {
    var list = ExchangeView.listOf(subject);
    return Stream.of(keyed(list), list).distinct().toList();
  }

  private SubjectNames names() {
    if (names == null) {
      try {
        names = SubjectNames.of(keys.orElseThrow());
      } catch (KeyException e) {
        throw new IllegalStateException(e.getMessage(), e);
      }
    }
    return names;
  }

  /** A page of what is under both names, the newest first. */
  CompletionStage<Page<ExchangeRow>> page(String list, PageRequest request, Lists lists) {
    if (keys.isEmpty()) {
      return lists.page(list, request);
    }
    var earlier = request.token().filter(token -> token.startsWith(EARLIER));
    if (earlier.isPresent()) {
      var rest = earlier.map(token -> token.substring(EARLIER.length()));
      return earlier(list, request.size(), rest.filter(token -> !token.isEmpty()), lists);
    }
    return lists
        .page(keyed(list), request)
        .thenCompose(
            page ->
                page.nextPageToken().isPresent()
                    ? CompletableFuture.completedStage(page)
                    : filled(list, page, request.size() - page.items().size(), lists));
  }

  private static CompletionStage<Page<ExchangeRow>> earlier(
      String list, int size, Optional<String> token, Lists lists) {
    return lists
        .page(list, new PageRequest(size, token))
        .thenApply(page -> new Page<>(page.items(), page.nextPageToken().map(EARLIER::concat)));
  }

  /** The last page of the list, and behind it what is left of the page. */
  private static CompletionStage<Page<ExchangeRow>> filled(
      String list, Page<ExchangeRow> page, int left, Lists lists) {
    return earlier(list, Math.max(1, left), Optional.empty(), lists)
        .thenApply(
            before -> {
              if (left == 0) {
                return new Page<>(
                    page.items(),
                    before.items().isEmpty() ? before.nextPageToken() : Optional.of(EARLIER));
              }
              var all = Stream.concat(page.items().stream(), before.items().stream()).toList();
              return new Page<>(all, before.nextPageToken());
            });
  }
}
