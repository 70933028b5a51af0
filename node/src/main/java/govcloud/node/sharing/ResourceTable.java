package govcloud.node.sharing;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.projection.ViewTable;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Data resources as the read model has them. */
public final class ResourceTable {

  private final ViewTable<ResourceRow> rows;

  public ResourceTable(ViewTable<ResourceRow> rows) {
    this.rows = rows;
  }

  /** Resources on offer that say all words of {@code query}, by owner and identifier. */
  public CompletionStage<Page<ResourceRow>> search(String query, PageRequest page) {
    var words = SearchWords.asked(query);
    if (words.isEmpty()) {
      return rows.list(ResourceView.ALL, page);
    }
    return rows.list(
        ResourceView.ofWord(words.get(0)),
        Optional.empty(),
        row -> SearchWords.of(SearchWords.text(row.newest().content())).containsAll(words),
        page);
  }

  /** Resources of one department, those too that are withdrawn. */
  public CompletionStage<Page<ResourceRow>> of(String owner, PageRequest page) {
    return rows.list(ResourceView.ofOwner(owner), page);
  }
}
