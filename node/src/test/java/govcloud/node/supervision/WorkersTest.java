package govcloud.node.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.exchange.ExchangeRow;
import govcloud.node.exchange.ExchangeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class WorkersTest {

  private static final String NUMBER = "999999199001010016";

  private final List<String> looked = new ArrayList<>();
  private final Workers workers =
      new Workers(
          office -> {
            looked.add(office);
            return CompletableFuture.completedStage(
                office.equals("transport") ? List.of("li", "gone", "wang", "li-2") : List.of());
          },
          account ->
              account.equals("gone")
                  ? CompletableFuture.failedStage(new IllegalStateException("no answer"))
                  : CompletableFuture.completedStage(
                      account.startsWith("li") ? Optional.of(NUMBER) : Optional.empty()),
          number -> List.of(ExchangeView.listOf(number)));

  private static ExchangeRow asks(String office, String person) {
    return new ExchangeRow(
        "0".repeat(32),
        Instant.parse("2026-03-02T02:00:00Z"),
        office,
        "police",
        "violations",
        "traffic-violations",
        "违法",
        "Violations",
        "permits/c-1",
        person,
        "window-clerk",
        List.of(),
        List.of(),
        "年审",
        "《道路运输条例》",
        "",
        "log",
        0,
        ExchangeView.listOf(NUMBER),
        "",
        false);
  }

  @Test
  void departmentsThatAsked_areLookedAtOnce_andNoNumberIsKept() {
    var rows = List.of(asks("transport", "wang"), asks("tax", "zhao"), asks("transport", "li"));
    var found = workers.of(rows).toCompletableFuture().join();
    assertThat(looked).containsExactly("transport", "tax");
    assertThat(found)
        .isEqualTo(
            Map.of(
                "transport",
                Map.of(ExchangeView.listOf(NUMBER), Set.of("li", "li-2")),
                "tax",
                Map.of()));
    assertThat(found.toString()).doesNotContain(NUMBER);
    workers.of(rows).toCompletableFuture().join();
    assertThat(looked).as("remembered").hasSize(2);
    assertThat(UnusualUse.of(rows, found))
        .extracting(one -> one.office() + " " + one.who() + " " + one.kind())
        .containsExactlyInAnyOrder("transport wang COLLEAGUES", "transport li OWN_DATA");
  }

  @Test
  void nobodyAsked_nobodyIsLookedAt() {
    assertThat(workers.of(List.of()).toCompletableFuture().join()).isEmpty();
    assertThat(looked).isEmpty();
  }
}
