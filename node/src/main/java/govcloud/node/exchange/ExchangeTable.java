package govcloud.node.exchange;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.ViewTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** Exchanges as the read model has them. */
public final class ExchangeTable {

  private static final int MOST_OF_SLICE = 1_000;

  private final ViewTable<ExchangeRow> rows;

  private final SubjectLists subjects;

  /** Reads the tables of a view whose lists of data subjects have these names. */
  public ExchangeTable(ViewTable<ExchangeRow> rows, SubjectLists subjects) {
    this.rows = rows;
    this.subjects = subjects;
  }

  /** Who asked for data of somebody, the newest first; also what was refused. */
  public CompletionStage<Page<ExchangeRow>> about(String subject, PageRequest page) {
    return of(ExchangeView.listOf(subject), page);
  }

  /** What the list of somebody is called in rows. */
  public List<String> listsOf(String subject) {
    return subjects.of(subject);
  }

  /** The same, by what {@link ExchangeView#listOf} makes of the data subject. */
  public CompletionStage<Page<ExchangeRow>> of(String list, PageRequest page) {
    return subjects.page(list, page, rows::list);
  }

  /** Those under an agreement since a moment, the newest first. */
  CompletionStage<Page<ExchangeRow>> under(
      String consumer, String agreement, Instant from, PageRequest page) {
    return rows.list(
        ExchangeView.under(consumer, agreement),
        Optional.of(SortKey.descending(from)),
        row -> true,
        page);
  }

  /** How many exchanges there were, by the department that asked; see {@link ExchangeView}. */
  public CompletionStage<Map<String, Map<String, Long>>> counts() {
    return rows.counts();
  }

  /** Exchanges since a moment, in no order; the newest of each slice, if there are very many. */
  public CompletionStage<List<ExchangeRow>> since(Instant from) {
    return rows.merged(
        IntStream.range(0, rows.slices()).mapToObj(ExchangeView::ofSlice).toList(),
        SortKey.descending(from),
        MOST_OF_SLICE);
  }
}
