package govcloud.node.supervision;

import govcloud.node.exchange.ExchangeRow;
import govcloud.node.exchange.ExchangeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Who works in departments, as far as somebody has proved which citizen an account's owner is. The
 * numbers stay in memory while a report is made, and the report has none.
 */
final class Workers {

  private final Function<String, CompletionStage<List<String>>> proved;
  private final Function<String, CompletionStage<Optional<String>>> numbers;

  /**
   * Looks when it is asked.
   *
   * @param proved accounts of a department of which it is proved who the owner is
   * @param numbers which citizen that is
   */
  Workers(
      Function<String, CompletionStage<List<String>>> proved,
      Function<String, CompletionStage<Optional<String>>> numbers) {
    this.proved = proved;
    this.numbers = numbers;
  }

  /** For each department that asked: the account of each data subject who works there. */
  CompletionStage<Map<String, Map<String, String>>> of(List<ExchangeRow> exchanges) {
    CompletionStage<Map<String, Map<String, String>>> all =
        CompletableFuture.completedStage(Map.of());
    for (var office : exchanges.stream().map(ExchangeRow::consumer).distinct().toList()) {
      all = all.thenCombine(of(office), (found, workers) -> with(found, office, workers));
    }
    return all;
  }

  private CompletionStage<Map<String, String>> of(String office) {
    return proved
        .apply(office)
        .thenCompose(
            accounts -> {
              CompletionStage<Map<String, String>> all = CompletableFuture.completedStage(Map.of());
              for (String account : accounts) {
                all =
                    all.thenCombine(
                        numbers.apply(account),
                        (found, number) ->
                            number
                                .map(known -> with(found, ExchangeView.listOf(known), account))
                                .orElse(found));
              }
              return all;
            });
  }

  private static <T> Map<String, T> with(Map<String, T> found, String name, T value) {
    var more = new HashMap<>(found);
    more.put(name, value);
    return more;
  }
}
