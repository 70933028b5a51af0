package govcloud.node.casework;

import govcloud.node.projection.SortKey;
import govcloud.node.projection.View.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The worklists that a case is in, and which of them serves a query. */
final class CaseLists {

  private CaseLists() {}

  static List<Entry> of(CaseRow row, int slice) {
    String app = row.tenant() + "/" + row.app();
    List<String> lists = new ArrayList<>();
    lists.add("app=" + app);
    lists.add("state=" + app + "/" + row.state());
    if (!row.assignee().isEmpty()) {
      lists.add("assignee=" + row.tenant() + "/" + row.assignee());
    }
    if (!row.finished()) {
      lists.add("open=" + row.tenant());
    }
    String due = SortKey.ascending(row.due().orElse(null));
    String updated = SortKey.descending(row.listedAt());
    List<Entry> entries = new ArrayList<>();
    for (String list : lists) {
      entries.add(new Entry(list + ":DUE", due));
      entries.add(new Entry(list + ":UPDATED", updated));
    }
    if (!row.finished()) {
      entries.add(new Entry(running(row.tenant(), row.app()), row.caseId()));
      row.yellowFrom()
          .ifPresent(from -> entries.add(new Entry(yellow(slice), SortKey.ascending(from))));
      row.redFrom().ifPresent(from -> entries.add(new Entry(red(slice), SortKey.ascending(from))));
    }
    return entries;
  }

  /** The shortest list that holds everything that a query asks for, in its order. */
  static String serving(String tenant, CaseQuery query) {
    String app = query.app().map(name -> tenant + "/" + name).orElse("");
    String list;
    if (query.assignee().isPresent()) {
      list = "assignee=" + tenant + "/" + query.assignee().get();
    } else if (query.state().isPresent()) {
      list = "state=" + app + "/" + query.state().get();
    } else {
      list = query.app().isPresent() ? "app=" + app : "open=" + tenant;
    }
    return list + ":" + query.sort();
  }

  /** Cases of an app that are not finished, by identifier: an order that work does not change. */
  static String running(String tenant, String app) {
    return "running=" + tenant + "/" + app;
  }

  static List<String> allYellow(int slices) {
    return IntStream.range(0, slices).mapToObj(CaseLists::yellow).toList();
  }

  static List<String> allRed(int slices) {
    return IntStream.range(0, slices).mapToObj(CaseLists::red).toList();
  }

  private static String yellow(int slice) {
    return "yellow#" + slice;
  }

  private static String red(int slice) {
    return "red#" + slice;
  }
}
