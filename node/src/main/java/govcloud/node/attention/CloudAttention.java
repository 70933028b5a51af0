package govcloud.node.attention;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.catalogue.GovernmentCalendar;
import govcloud.domain.catalogue.LocalText;
import govcloud.node.attention.AttentionItem.Severity;
import govcloud.node.casework.CaseTable;
import govcloud.node.cluster.CassandraSafety;
import govcloud.node.cluster.ClusterView;
import govcloud.node.correction.CorrectionTable;
import govcloud.node.eventsourcing.DamagedEntities;
import govcloud.node.exchange.CallbackTable;
import govcloud.node.exchange.DeferredTable;
import govcloud.node.exchange.SubscriptionTable;
import govcloud.node.exchange.crossing.BundleReports;
import govcloud.node.objection.ObjectionTable;
import govcloud.node.operation.OperationTable;
import govcloud.node.projection.Views;
import govcloud.node.recall.RecallTable;
import govcloud.node.replication.CloudAlarms;
import govcloud.node.sharing.AgreementTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks everybody who may know of something, each for a short time only. */
public final class CloudAttention implements Attention {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final DamagedEntities damaged;
  private final ClusterView cluster;
  private final CassandraSafety cassandra;
  private final Views views;
  private final CaseTable cases;
  private final OperationTable operations;
  private final AgreementTable agreements;
  private final ObjectionTable objections;
  private final CorrectionTable corrections;
  private final RecallTable recalls;
  private final DeferredTable deferred;
  private final SubscriptionTable subscriptions;
  private final CallbackTable callbacks;
  private final Duration unfetchedAlarm;
  private final BundleReports bundles;
  private final Calendar calendar;
  private final Supplier<CompletionStage<List<AuditRecord>>> security;
  private final Duration unallocatedAlarm;
  private final Clock clock;

  /**
   * What time limits are counted by.
   *
   * @param days the days, if the calendar is one of a government
   * @param longest working days of the longest time limit that an app has
   */
  public record Calendar(Optional<GovernmentCalendar> days, int longest) {}

  /**
   * Attention over everything that a cloud has.
   *
   * @param unfetchedAlarm how long a change may lie that no subscriber fetches
   * @param security alarms of the audit trail
   * @param unallocatedAlarm how long a slice may be without host
   */
  public CloudAttention(
      DamagedEntities damaged,
      ClusterView cluster,
      CassandraSafety cassandra,
      Views views,
      CaseTable cases,
      OperationTable operations,
      AgreementTable agreements,
      ObjectionTable objections,
      CorrectionTable corrections,
      RecallTable recalls,
      DeferredTable deferred,
      SubscriptionTable subscriptions,
      CallbackTable callbacks,
      Duration unfetchedAlarm,
      BundleReports bundles,
      Calendar calendar,
      Supplier<CompletionStage<List<AuditRecord>>> security,
      Duration unallocatedAlarm,
      Clock clock) {
    this.damaged = damaged;
    this.cluster = cluster;
    this.cassandra = cassandra;
    this.views = views;
    this.cases = cases;
    this.operations = operations;
    this.agreements = agreements;
    this.objections = objections;
    this.corrections = corrections;
    this.recalls = recalls;
    this.deferred = deferred;
    this.subscriptions = subscriptions;
    this.callbacks = callbacks;
    this.unfetchedAlarm = unfetchedAlarm;
    this.bundles = bundles;
    this.calendar = calendar;
    this.security = security;
    this.unallocatedAlarm = unallocatedAlarm;
    this.clock = clock;
  }

  @Override
  public CompletionStage<List<AttentionItem>> items() {
    Instant now = clock.instant();
    List<CompletableFuture<List<AttentionItem>>> platform =
        List.of(
            part("damaged entities", () -> damaged.everywhere().thenApply(AttentionItems::damaged)),
            part(
                "cluster",
                () ->
                    cluster
                        .state()
                        .thenApply(s -> AttentionItems.cluster(s, now, unallocatedAlarm))),
            part("Cassandra", () -> cassandra.look().thenApply(CassandraItems::of)),
            part("calendar", () -> CompletableFuture.completedFuture(calendar(now))),
            part("replication", () -> cluster.alarms().thenApply(CloudAttention::told)),
            part("security alarms", () -> security.get().thenApply(SecurityItems::of)),
            part("read models", () -> views.lags().thenApply(AttentionItems::views)),
            part("cases", () -> cases.late(now).thenApply(AttentionItems::cases)),
            part(
                "operations",
                () -> operations.countOverdue(now).thenApply(AttentionItems::overdue)));
    var parts = Stream.concat(platform.stream(), sharing(now).stream()).toList();
    return CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
        .thenApply(
            done ->
                parts.stream()
                    .flatMap(part -> part.join().stream())
                    .sorted(
                        Comparator.comparing(AttentionItem::severity)
                            .reversed()
                            .thenComparing(AttentionItem::code)
                            .thenComparing(AttentionItem::subject))
                    .toList());
  }

  private List<CompletableFuture<List<AttentionItem>>> sharing(Instant now) {
    return List.of(
        part("agreements", () -> agreements.countSilent().thenApply(AttentionItems::silent)),
        part(
            "deferred queries",
            () -> deferred.countUndelivered().thenApply(AttentionItems::undelivered)),
        part(
            "subscriptions",
            () ->
                subscriptions
                    .countBehind(now.minus(unfetchedAlarm), now)
                    .thenApply(AttentionItems::unfetched)),
        part("callbacks", () -> callbacks.countGivenUp().thenApply(AttentionItems::callbacks)),
        part("bundles", () -> bundles.all().thenApply(BundleItems::of)),
        part("emergencies", () -> agreements.countActive().thenApply(AttentionItems::active)),
        part(
            "reviews", () -> agreements.countUnreviewed(now).thenApply(AttentionItems::unreviewed)),
        part("objections", () -> objections.countSilent().thenApply(AttentionItems::unanswered)),
        part("corrections", () -> corrections.countSilent().thenApply(AttentionItems::uncorrected)),
        part("recalls", () -> recalls.countLate().thenApply(AttentionItems::unacknowledged)));
  }

  private static List<AttentionItem> told(ClusterView.ToldAlarms told) {
    return Stream.concat(
            ReplicationItems.of(CloudAlarms.of(told)).stream(),
            told.silent().stream().map(AttentionItems::silent))
        .toList();
  }

  private List<AttentionItem> calendar(Instant now) {
    return calendar
        .days()
        .map(days -> AttentionItems.calendar(days, calendar.longest(), now))
        .orElse(List.of());
  }

  private static CompletableFuture<List<AttentionItem>> part(
      String name, Supplier<CompletionStage<List<AttentionItem>>> ask) {
    CompletableFuture<List<AttentionItem>> asked;
    try {
      asked = ask.get().toCompletableFuture().copy();
    } catch (RuntimeException e) {
      asked = CompletableFuture.failedFuture(e);
    }
    return asked
        .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionally(failure -> List.of(unknown(name, failure)));
  }

  private static AttentionItem unknown(String name, Throwable failure) {
    return new AttentionItem(
        AttentionCode.ATTENTION_INCOMPLETE,
        Severity.RED,
        name,
        new LocalText("无法查询：" + failure, "cannot be asked: " + failure),
        new LocalText("检查 Cassandra 与集群状态", "look at Cassandra and at the cluster"),
        Optional.empty());
  }
}
