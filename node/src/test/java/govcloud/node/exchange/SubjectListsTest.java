package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lists of people are under names that nobody finds by trying numbers; those of before are found.
 */
class SubjectListsTest {

  private static final String NUMBER = "999999199001010016";
  private static final String LIST = ExchangeView.listOf(NUMBER);

  @TempDir private Path folder;
  private final Map<String, List<ExchangeRow>> tables = new HashMap<>();
  private SubjectLists subjects;

  @BeforeEach
  void init() throws Exception {
    var keys = new KeyFolder(folder.resolve("keys"));
    KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, new SecureRandom());
    subjects = new SubjectLists(Optional.of(keys));
  }

  @Test
  void name_inTheTables_isMadeWithTheKey_andNoHashOfTheNumber() {
    var keyed = subjects.keyed(LIST);
    assertThat(keyed).startsWith("person=").doesNotContain(LIST.substring("subject=".length()));
    assertThat(subjects.of(NUMBER)).containsExactly(keyed, LIST);
    assertThat(subjects.of(NUMBER)).containsExactly(keyed, LIST);
    assertThat(new SubjectLists(Optional.empty()).of(NUMBER)).as("no keys").containsExactly(LIST);
  }

  @Test
  void pages_ofEverySize_haveTheNewOnesAndThenThoseOfBefore_eachOnce() {
    for (int fresh = 0; fresh <= 4; fresh++) {
      for (int earlier = 0; earlier <= 4; earlier++) {
        tables.put(subjects.keyed(LIST), rows(0, fresh));
        tables.put(LIST, rows(fresh, earlier));
        for (int size = 1; size <= 5; size++) {
          assertThat(all(size)).isEqualTo(rows(0, fresh + earlier));
        }
      }
    }
  }

  @Test
  void pages_afterTheViewWasBuiltAgain_endWithTheList() {
    tables.put(subjects.keyed(LIST), rows(0, 2));
    var page = subjects.page(LIST, PageRequest.first(2), this::page).toCompletableFuture().join();
    assertThat(page.items()).hasSize(2);
    assertThat(page.nextPageToken()).isEmpty();
  }

  private List<ExchangeRow> all(int size) {
    var found = new ArrayList<ExchangeRow>();
    var request = PageRequest.first(size);
    while (true) {
      var page = subjects.page(LIST, request, this::page).toCompletableFuture().join();
      found.addAll(page.items());
      if (page.nextPageToken().isEmpty()) {
        return found;
      }
      request = request.after(page);
    }
  }

  /** Tokens are places. */
  private CompletionStage<Page<ExchangeRow>> page(String list, PageRequest request) {
    var rows = tables.getOrDefault(list, List.of());
    int from = request.token().map(Integer::parseInt).orElse(0);
    int to = Math.min(rows.size(), from + request.size());
    return CompletableFuture.completedStage(
        new Page<>(
            rows.subList(from, to),
            to < rows.size() ? Optional.of(Integer.toString(to)) : Optional.empty()));
  }

  private static List<ExchangeRow> rows(int from, int count) {
    var rows = new ArrayList<ExchangeRow>();
    for (int i = from; i < from + count; i++) {
      rows.add(row("%032x".formatted(i)));
    }
    return rows;
  }

  private static ExchangeRow row(String id) {
    return new ExchangeRow(
        id,
        Instant.parse("2026-03-02T02:00:00Z"),
        "transport",
        "police",
        "violations",
        "traffic-violations",
        "违法",
        "Violations",
        "permits/c-1",
        "wang",
        "window-clerk",
        List.of(),
        List.of(),
        "年审",
        "《道路运输条例》",
        "",
        "log",
        0,
        "",
        "",
        false);
  }
}
