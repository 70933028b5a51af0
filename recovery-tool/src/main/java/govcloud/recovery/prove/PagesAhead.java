package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The rows of a result; while a page is looked at, the next one is under way. For one thread. */
final class PagesAhead implements Iterator<Row> {
  private Optional<CompletionStage<AsyncResultSet>> next;
  private Iterator<Row> page = Collections.emptyIterator();

  PagesAhead(CompletionStage<AsyncResultSet> first) {
    this.next = Optional.of(first);
  }

  @Override
  public boolean hasNext() {
    while (!page.hasNext() && next.isPresent()) {
      AsyncResultSet rows = next.get().toCompletableFuture().join();
      next = rows.hasMorePages() ? Optional.of(rows.fetchNextPage()) : Optional.empty();
      page = rows.currentPage().iterator();
    }
    return page.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no further row");
    }
    return page.next();
  }
}
