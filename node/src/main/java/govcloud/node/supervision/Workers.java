package govcloud.node.supervision;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.node.exchange.ExchangeRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who works in departments, as far as somebody has proved which citizen an account's owner is. It
 * remembers for a minute who that is by the name of the citizen's list in the view of exchanges;
 * numbers are not kept, and the report has none.
 */
final class Workers {

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** Entities of accounts that are read side by side: a report is not worth waking up hundreds. */
  private static final int TOGETHER = 16;

  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int DEPARTMENTS = 1_000;

  private final Function<String, CompletionStage<List<String>>> proved;
  private final Function<String, CompletionStage<Optional<String>>> numbers;
  private final Function<String, List<String>> lists;
  private final AsyncCache<String, Map<String, Set<String>>> known =
      Caffeine.newBuilder().maximumSize(DEPARTMENTS).expireAfterWrite(REMEMBERED).buildAsync();

  /**
   * Looks when it is asked.
   *
   * @param proved accounts of a department of which it is proved who the owner is
   * @param numbers which citizen that is
   * @param lists names of a citizen's list in the view of exchanges
   */
  Workers(
      Function<String, CompletionStage<List<String>>> proved,
      Function<String, CompletionStage<Optional<String>>> numbers,
      Function<String, List<String>> lists) {
    this.proved = proved;
    this.numbers = numbers;
    this.lists = lists;
  }

  /** For each department that asked: the accounts of each data subject who works there. */
  CompletionStage<Map<String, Map<String, Set<String>>>> of(List<ExchangeRow> exchanges) {
    Map<String, Map<String, Set<String>>> found = new HashMap<>();
    CompletionStage<?> all = CompletableFuture.completedStage(null);
    for (var office : exchanges.stream().map(ExchangeRow::consumer).distinct().toList()) {
      all =
          all.thenCompose(done -> known.get(office, (name, executor) -> look(name)))
              .thenAccept(workers -> found.put(office, workers));
    }
    return all.thenApply(done -> found);
  }

  private CompletableFuture<Map<String, Set<String>>> look(String office) {
    return proved
        .apply(office)
        .thenCompose(accounts -> read(accounts, 0, new HashMap<>()))
        .toCompletableFuture();
  }

  private CompletionStage<Map<String, Set<String>>> read(
      List<String> accounts, int from, Map<String, Set<String>> found) {
    if (from >= accounts.size()) {
      return CompletableFuture.completedStage(found);
    }
    int to = Math.min(accounts.size(), from + TOGETHER);
    CompletionStage<?> some = CompletableFuture.completedStage(null);
    for (String account : accounts.subList(from, to)) {
      some =
          some.thenCombine(
              number(account),
              (done, number) -> {
                number.ifPresent(
                    who ->
                        lists
                            .apply(who)
                            .forEach(
                                list ->
                                    found
                                        .computeIfAbsent(list, any -> new HashSet<>())
                                        .add(account)));
                return done;
              });
    }
    return some.thenCompose(done -> read(accounts, to, found));
  }

  /** One account that cannot be read now is no reason to tell nothing of all the others. */
  private CompletionStage<Optional<String>> number(String account) {
    return numbers
        .apply(account)
        .exceptionally(
            failure -> {
              LOG.warn("supervision: account {} left out: {}", account, failure.toString());
              return Optional.empty();
            });
  }
}
