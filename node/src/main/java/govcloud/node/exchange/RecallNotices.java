package govcloud.node.exchange;

import govcloud.node.exchange.Callback.Delivery;
import govcloud.node.exchange.Callback.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Enters recalls among what departments are called back for. */
public final class RecallNotices {

  private final CallbackTable table;
  private final InstantSource clock;

  public RecallNotices(CallbackTable table, InstantSource clock) {
    this.table = table;
    this.clock = clock;
  }

  /**
   * The id of a recall in the department that has issued it: behind that of one which came from
   * another cloud stands that department.
   */
  public static String name(String recall) {
    var end = recall.indexOf('@');
    return end < 0 ? recall : recall.substring(0, end);
  }

  /**
   * Enters a recall for each department that has declared where it wants to be told. It may be
   * entered before the recall names the department: what there is to tell is looked up then.
   *
   * @param recall provider and id of the recall, with a slash between them
   */
  public CompletionStage<Void> enter(String recall, Stream<String> consumers) {
    return CompletableFuture.allOf(
        consumers
            .distinct()
            .map(consumer -> enter(recall, consumer).toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private CompletionStage<Void> enter(String recall, String consumer) {
    // As Cassandra keeps it.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return table
        .find(consumer)
        .thenCompose(
            declared ->
                declared.isPresent()
                    ? table.enlist(new Delivery(consumer, Kind.RECALL, recall, now, 0, now))
                    : CompletableFuture.completedStage(null));
  }
}
