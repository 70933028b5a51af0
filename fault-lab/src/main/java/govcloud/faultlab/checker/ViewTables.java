package govcloud.faultlab.checker;

import java.util.List;

/**
 * What is derived from the log beside the rows of the worklists.
 *
 * @param lists entries of all lists of cases
 * @param counts numbers of cases
 * @param usage what departments have used
 */
public record ViewTables(List<ListEntry> lists, List<CountsRow> counts, List<UsageRow> usage) {

  /** Empty tables. */
  static final ViewTables NONE = new ViewTables(List.of(), List.of(), List.of());

  /** Keeps its own copies. */
  public ViewTables {
    lists = List.copyOf(lists);
    counts = List.copyOf(counts);
    usage = List.copyOf(usage);
  }
}
