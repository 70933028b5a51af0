package govcloud.node.projection;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Results that Cassandra gives page by page. */
public final class AllRows {
  private AllRows() {}

  /** The rows of all pages, from the first one on. */
  public static CompletionStage<List<Row>> of(AsyncResultSet first) {
    return collect(first, new ArrayList<>());
  }

  private static CompletionStage<List<Row>> collect(AsyncResultSet page, List<Row> rows) {
    page.currentPage().forEach(rows::add);
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> collect(next, rows))
        : CompletableFuture.completedFuture(rows);
  }
}
