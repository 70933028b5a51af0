package govcloud.node.replication.cut;

import govcloud.domain.Actor;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.replication.cut.CutMessage.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of cuts over HTTP. */
public final class CutRoutes {

  private static final int DEFAULT_LIMIT = 30;

  private final Optional<Cuts> cuts;
  private final Duration retention;

  /**
   * Routes over the cuts of a cloud.
   *
   * @param cuts none where the cloud has no archive
   * @param retention how long a cut is kept at least
   */
  public CutRoutes(Optional<Cuts> cuts, Duration retention) {
    this.cuts = cuts;
    this.retention = retention;
  }

  /** Adds the operations of cuts. */
  public void register(Routes routes) {
    routes.on("listCuts", this::list).on("getCut", this::get).on("createCut", this::create);
  }

  private Cuts cuts() {
    return cuts.orElseThrow(
        () ->
            Problem.of(
                    BorderCode.REPLICATION_OFF,
                    "govcloud.replication.archive-folder: not set (expected: a folder)")
                .asException());
  }

  private CompletionStage<HttpResponse> list(Call call) {
    int limit = call.parameter("limit").map(Integer::parseInt).orElse(DEFAULT_LIMIT);
    Optional<Long> before = call.parameter("before").map(Long::parseLong);
    return cuts()
        .list(before.orElse(Long.MAX_VALUE), limit)
        .thenCombine(
            cuts().progress(),
            (found, progress) -> {
              List<Map<String, Object>> items = new ArrayList<>();
              boolean here = found.stream().anyMatch(cut -> cut.number() == progress.number());
              if (progress.number() > 0 && !here && before.isEmpty()) {
                items.add(shape(progress));
              }
              found.forEach(cut -> items.add(shape(cut, progress)));
              return Replies.ok(Map.of("items", items));
            });
  }

  private CompletionStage<HttpResponse> get(Call call) {
    long number = Long.parseLong(call.path("number"));
    return cuts()
        .find(number)
        .thenCombine(
            cuts().progress(),
            (found, progress) -> {
              if (found.isPresent()) {
                return Replies.ok(shape(found.get(), progress));
              }
              if (progress.number() == number) {
                return Replies.ok(shape(progress));
              }
              throw Problem.of(
                      BorderCode.NOT_FOUND,
                      "cut " + number + ": none (expected: one that was made)")
                  .asException();
            });
  }

  private CompletionStage<HttpResponse> create(Call call) {
    if (!call.actor().role().equals(Actor.OPERATOR)) {
      throw Problem.of(
              BorderCode.OPERATOR_ONLY,
              call.actor().role() + ": asks for a cut (expected: " + Actor.OPERATOR + ")")
          .asException();
    }
    if (call.dryRun()) {
      return cuts().progress().thenApply(progress -> Replies.json(202, shape(progress)));
    }
    return cuts()
        .make()
        .thenApply(
            progress ->
                Replies.header(
                    Replies.json(202, shape(progress)),
                    "Location",
                    "/v1/replication/cuts/" + progress.number()));
  }

  private static Map<String, Object> shape(Progress progress) {
    return new Fields()
        .with("number", progress.number())
        .with("state", progress.state())
        .maybe(
            "closed_at",
            progress.closedMillis() == 0 ? null : Instant.ofEpochMilli(progress.closedMillis()))
        .maybe("problem", progress.problem().isEmpty() ? null : progress.problem())
        .map();
  }

  private Map<String, Object> shape(CutSummary cut, Progress progress) {
    boolean refused = !cut.countersigned() && progress.number() == 0;
    return new Fields()
        .with("number", cut.number())
        .with("state", cut.countersigned() ? "countersigned" : "sealed")
        .with("closed_at", cut.closedAt())
        .with("tenants", cut.tenants())
        .with("entities", cut.entities())
        .with("records", cut.records())
        .with("attachments", cut.blobs())
        .with("attachment_bytes", cut.blobBytes())
        .with("bytes", cut.bytes())
        .with("hash", cut.hash())
        .with("root", cut.root())
        .with("keep_until", cut.closedAt().plus(retention))
        .maybe("problem", refused && !progress.problem().isEmpty() ? progress.problem() : null)
        .map();
  }
}
