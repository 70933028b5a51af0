package govcloud.node.replication;

import govcloud.domain.tenant.DisasterClass;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How urgent records are, by the disaster class of their department or app. Never waits: what is
 * not known yet, or cannot be asked, is of the usual class. For several threads.
 */
final class RecordRanks implements Function<String, ShippingRank> {
  private static final long FRESH = Duration.ofSeconds(30).toNanos();
  private static final Set<String> OF_APPS = Set.of("app", "case");
  private static final Set<String> OF_DEPARTMENTS = Set.of("tenant", "app", "case", "objection");
  private static final int MOST = 20_000;

  private final BiFunction<String, String, CompletionStage<DisasterClass>> classes;
  private final LongSupplier nanos;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(ShippingRank rank, long askedAt) {}

  /**
   * Nothing is known yet.
   *
   * @param classes class of a department and one of its apps; the app may be empty
   * @param nanos a time that never jumps, such as {@link System#nanoTime}
   */
  RecordRanks(
      BiFunction<String, String, CompletionStage<DisasterClass>> classes, LongSupplier nanos) {
    this.classes = classes;
    this.nanos = nanos;
  }

  /** Of a record, by the id of its entity, such as {@code case/harbour/permits/c-17}. */
  @Override
  public ShippingRank apply(String entity) {
    String[] parts = entity.split("/", 4);
    if (parts.length < 2 || !OF_DEPARTMENTS.contains(parts[0])) {
      return ShippingRank.CONTINUOUS;
    }
    String app = parts.length > 2 && OF_APPS.contains(parts[0]) ? parts[2] : "";
    String key = parts[1] + "/" + app;
    Known before = known.get(key);
    long now = nanos.getAsLong();
    if (before != null && now - before.askedAt() < FRESH) {
      return before.rank();
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(key, new Known(before == null ? ShippingRank.CONTINUOUS : before.rank(), now));
    classes
        .apply(parts[1], app)
        .thenAccept(found -> known.put(key, new Known(ShippingRank.of(found), now)))
        .exceptionally(failure -> null);
    return known.getOrDefault(key, new Known(ShippingRank.CONTINUOUS, now)).rank();
  }
}
