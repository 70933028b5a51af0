package govcloud.node.replication;

import govcloud.domain.Actor;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.projection.Page;
import govcloud.node.replication.site.OrphanRoutes;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of replication over HTTP. */
final class ReplicationRoutes {
  private final ReplicationWatch watch;
  private final Optional<SegmentList> segments;
  private final Optional<SegmentList> received;
  private final Optional<Verification> verification;
  private final ReplicationThreads threads;

  /**
   * Routes.
   *
   * @param segments none where nothing is archived
   * @param received those of the sibling; none where nothing is received
   * @param verification none where nothing is archived
   * @param threads for reading the archive
   */
  ReplicationRoutes(
      ReplicationWatch watch,
      Optional<SegmentList> segments,
      Optional<SegmentList> received,
      Optional<Verification> verification,
      ReplicationThreads threads) {
    this.watch = watch;
    this.segments = segments;
    this.received = received;
    this.verification = verification;
    this.threads = threads;
  }

  /** Adds the operations of replication. */
  void register(Routes routes) {
    routes
        .on("getReplication", this::status)
        .on("listReplicationSegments", this::segments)
        .on("verifyReplication", this::verify)
        .on("getReplicationVerification", this::verification);
  }

  private CompletionStage<HttpResponse> status(Call call) {
    ReplicationStatus status = watch.status();
    return CompletableFuture.completedStage(
        Replies.ok(
            new Fields()
                .maybe("sibling", status.sibling())
                .with("transport", status.transport())
                .with("state", status.state().name().toLowerCase(Locale.ROOT))
                .with("recovery_point_age", status.recoveryPointAge().toMillis() / 1000.0)
                .with("records", status.records())
                .with("bytes", status.bytes())
                .with("archived", status.archived())
                .with("receipted", status.receipted())
                .with("missing", status.missing())
                .maybe("last_receipt_at", status.lastReceipt())
                .maybe("last_manifest", status.lastManifest())
                .maybe("last_cut", status.lastCut())
                .maybe("attachments", status.attachments().map(ReplicationRoutes::shape))
                .maybe("lost_there", shape(status.losses().there()))
                .maybe("lost_here", shape(status.losses().here()))
                .with("would_lose", status.wouldLose())
                .maybe("given_up", status.givenUp().map(OrphanRoutes::shape))
                .maybe("drained_since", status.drainedSince())
                .with("slices", slices(status))
                .map()));
  }

  private static List<Map<String, Object>> slices(ReplicationStatus status) {
    return status.slices().stream().map(slice -> shape(slice, status.at())).toList();
  }

  private static Map<String, Object> shape(SliceState slice, Instant now) {
    String problem =
        slice.problem().isEmpty() && slice.isSilent(now)
            ? "nobody tells anything of it (expected: every 2 s)"
            : slice.problem();
    return new Fields()
        .with("slice", slice.slice())
        .with("archived", slice.archived())
        .with("archived_offset", slice.archivedOffset())
        .with("receipted", slice.receipted())
        .with("receipted_offset", slice.receiptedOffset())
        .with("missing", slice.missing())
        .with("records", slice.records())
        .with("bytes", slice.bytes())
        .maybe("oldest_at", moment(slice.oldestMillis()))
        .maybe("problem", problem)
        .map();
  }

  private static Map<String, Object> shape(AttachmentState attachments) {
    return new Fields()
        .with("missing", attachments.missing())
        .with("bytes", attachments.bytes())
        .maybe("since", moment(attachments.oldestMillis()))
        .map();
  }

  private static Optional<Map<String, Object>> shape(SegmentLoss loss) {
    return loss.isAny()
        ? Optional.of(
            new Fields()
                .with("segments", loss.segments())
                .with("first", loss.first().get(0))
                .maybe("detail", loss.detail())
                .map())
        : Optional.empty();
  }

  private static Optional<Instant> moment(long millis) {
    return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private CompletionStage<HttpResponse> segments(Call call) {
    int slice = Integer.parseInt(call.path("slice"));
    boolean ofSibling = call.parameter("received").filter("true"::equals).isPresent();
    int slices = watch.status().slices().size();
    if (slice >= slices && !ofSibling) {
      throw Problem.of(
              BorderCode.NOT_FOUND, "slice " + slice + ": none (expected: below " + slices + ")")
          .asException();
    }
    Optional<Long> before = call.parameter("page_token").map(Long::parseLong);
    int size = Lists.request(call).size();
    return (ofSibling ? received : segments)
        .map(list -> threads.run(false, () -> list.page(slice, size, before)))
        .orElseGet(() -> CompletableFuture.completedStage(new Page<>(List.of(), Optional.empty())))
        .thenApply(page -> Replies.ok(Lists.body(page.map(ReplicationRoutes::shape))));
  }

  private static Map<String, Object> shape(SegmentList.Item item) {
    return new Fields()
        .with("slice", item.slice())
        .with("number", item.number())
        .with("first_offset", item.firstOffset())
        .with("last_offset", item.lastOffset())
        .with("records", item.records())
        .with("bytes", item.bytes())
        .maybe("at", item.at())
        .with("receipted", item.receivedAt().isPresent())
        .maybe("received_at", item.receivedAt())
        .maybe("problem", item.problem())
        .map();
  }

  private CompletionStage<HttpResponse> verify(Call call) {
    if (!call.actor().role().equals(Actor.OPERATOR)) {
      throw Problem.of(
              BorderCode.OPERATOR_ONLY, "role: " + call.actor().role() + " (expected: operator)")
          .asException();
    }
    Verification of =
        verification.orElseThrow(
            () ->
                Problem.of(
                        BorderCode.NOT_FOUND,
                        "archive: none (expected: govcloud.replication.archive-folder)")
                    .asException());
    return of.begin(Commands.identifier("verification-", call), call.actor())
        .thenApply(
            operation ->
                Replies.header(
                    Replies.json(202, Map.of("operation", operation)),
                    "Location",
                    "/v1/operations/" + operation));
  }

  private CompletionStage<HttpResponse> verification(Call call) {
    Map<String, Object> body =
        verification
            .flatMap(Verification::last)
            .map(ReplicationRoutes::shape)
            .orElse(Map.of("state", "never"));
    return CompletableFuture.completedStage(Replies.ok(body));
  }

  private static Map<String, Object> shape(VerificationReport report) {
    return new Fields()
        .with("state", report.state())
        .maybe("started_at", moment(report.startedMillis()))
        .maybe("ended_at", moment(report.endedMillis()))
        .with("manifests", report.manifests())
        .with("segments", report.segments())
        .with("records", report.records())
        .with("receipts", report.receipts())
        .with("cuts", report.cuts())
        .with("attachments", report.attachments())
        .with("findings", report.findings())
        .with("further", report.further())
        .maybe("failure", report.failure())
        .map();
  }
}
