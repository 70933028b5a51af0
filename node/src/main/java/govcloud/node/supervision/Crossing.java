package govcloud.node.supervision;

import govcloud.node.exchange.ExchangeView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one department asked of one resource, since the ledger began.
 *
 * @param refusals how many queries were refused, by code
 */
public record Crossing(
    String consumer,
    String provider,
    String resource,
    long permitted,
    SortedMap<String, Long> refusals) {

  public Crossing {
    refusals = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
  }

  /** How many queries were refused. */
  public long refused() {
    return refusals.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All crossings, by consumer, provider and resource, from the numbers of the read model. */
  static List<Crossing> of(Map<String, Map<String, Long>> counts) {
    List<Crossing> all = new ArrayList<>();
    new TreeMap<>(counts)
        .forEach(
            (consumer, names) -> {
              SortedMap<String, SortedMap<String, Long>> resources = new TreeMap<>();
              names.forEach(
                  (name, n) ->
                      ExchangeView.crossing(name)
                          .ifPresent(
                              crossing ->
                                  resources
                                      .computeIfAbsent(
                                          crossing.provider() + "/" + crossing.resource(),
                                          key -> new TreeMap<>())
                                      .merge(crossing.code(), n, Long::sum)));
              resources.forEach(
                  (resource, codes) -> {
                    var permitted = codes.getOrDefault("", 0L);
                    codes.remove("");
                    var slash = resource.indexOf('/');
                    all.add(
                        new Crossing(
                            consumer,
                            resource.substring(0, slash),
                            resource.substring(slash + 1),
                            permitted,
                            codes));
                  });
            });
    return all;
  }
}
