package govcloud.node.supervision;

import govcloud.node.exchange.ExchangeView;
import java.util.Collections;
import java.util.Comparator;
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
    refusals = Collections.unmodifiableSortedMap(new TreeMap<>(refusals));
  }

  /** How many queries were refused. */
  public long refused() {
    return refusals.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All crossings, by consumer, provider and resource, from the numbers of the read model. */
  static List<Crossing> of(Map<String, Map<String, Long>> counts) {
    SortedMap<Place, SortedMap<String, Long>> places = new TreeMap<>(Place.ORDER);
    counts.forEach(
        (consumer, numbers) ->
            numbers.forEach(
                (name, n) ->
                    ExchangeView.crossing(name)
                        .ifPresent(
                            one ->
                                places
                                    .computeIfAbsent(
                                        new Place(consumer, one.provider(), one.resource()),
                                        place -> new TreeMap<>())
                                    .merge(one.code(), n, Long::sum))));
    return places.entrySet().stream().map(one -> of(one.getKey(), one.getValue())).toList();
  }

  private static Crossing of(Place place, SortedMap<String, Long> codes) {
    var permitted = codes.remove("");
    return new Crossing(
        place.consumer(),
        place.provider(),
        place.resource(),
        permitted == null ? 0 : permitted,
        codes);
  }

  private record Place(String consumer, String provider, String resource) {
    static final Comparator<Place> ORDER =
        Comparator.comparing(Place::consumer)
            .thenComparing(Place::provider)
            .thenComparing(Place::resource);
  }
}
