package govcloud.node.replication;

import govcloud.domain.tenant.DisasterClass;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.ChangeGate;
import govcloud.node.http.Endpoint;
import govcloud.node.http.Foundation;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.projection.ConsistencyToken;
import govcloud.node.replication.ZeroLossSettings.Policy;
import govcloud.node.replication.site.SiteGate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Answers changes of which nothing may be lost after the sibling's receipt, and says in the answer
 * whether the sibling has them. Other changes pass.
 */
final class ZeroLoss implements ChangeGate {

  private static final String REPLICATED = SiteGate.REPLICATED;
  private static final String TOKEN = "X-Consistency-Token";

  private final DisasterClasses classes;
  private final ZeroLossSettings settings;
  private final Optional<SiblingWatch> sibling;
  private final ZeroLossMarks marks;
  private final int slices;
  private final AwaitedRecords awaited = new AwaitedRecords();

  /**
   * A gate.
   *
   * @param sibling none: this cloud has no sibling, and every answer says that nobody else has it
   * @param slices of the cloud
   */
  ZeroLoss(
      DisasterClasses classes,
      ZeroLossSettings settings,
      Optional<SiblingWatch> sibling,
      ZeroLossMarks marks,
      int slices) {
    this.classes = classes;
    this.settings = settings;
    this.sibling = sibling;
    this.marks = marks;
    this.slices = slices;
  }

  @Override
  public CompletionStage<HttpResponse> pass(Call call, Endpoint endpoint) {
    return classes
        .of(call)
        .thenCompose(
            its ->
                its == DisasterClass.ZERO_LOSS && !call.dryRun()
                    ? carryOut(call, endpoint)
                    : endpoint.answer(call));
  }

  private CompletionStage<HttpResponse> carryOut(Call call, Endpoint endpoint) {
    if (settings.policy() == Policy.REFUSE && away()) {
      return onlyIfDoneBefore(call, endpoint);
    }
    return endpoint.answer(call).thenCompose(answer -> hold(call, answer));
  }

  private boolean away() {
    return sibling.flatMap(SiblingWatch::awaySince).isPresent();
  }

  /** Only what an earlier request has stored already still gets its answer; a dry run tells. */
  private CompletionStage<HttpResponse> onlyIfDoneBefore(Call call, Endpoint endpoint) {
    if (call.idempotencyKey().isEmpty()) {
      throw refused();
    }
    return endpoint
        .answer(call.asDryRun())
        .thenCompose(
            answer -> {
              if (Foundation.of(answer).filter(Foundation::replayed).isEmpty()) {
                throw refused();
              }
              return endpoint.answer(call).thenCompose(again -> hold(call, again));
            });
  }

  private RuntimeException refused() {
    marks.refused();
    return Problem.of(
            BorderCode.SIBLING_AWAY,
            "the sibling cloud does not answer; the change was not carried out and nothing was"
                + " stored (expected: its receipt within "
                + settings.limit()
                + ")")
        .header("Retry-After", seconds())
        .asException();
  }

  private CompletionStage<HttpResponse> hold(Call call, HttpResponse answer) {
    var foundation = Foundation.of(answer);
    if (foundation.isEmpty()) {
      return CompletableFuture.completedStage(answer);
    }
    if (sibling.isEmpty()) {
      return CompletableFuture.completedStage(unreplicated(answer));
    }
    call.workDone().run();
    var now =
        foundation.get().tokens().stream()
            .map(token -> ConsistencyToken.parse(token, slices))
            .toList();
    var version = answer.getHeader("ETag").map(HttpHeader::value).orElse("");
    var places = awaited.places(call, version, now, foundation.get().replayed());
    return sibling
        .get()
        .receipted(places)
        .thenApply(
            there -> {
              awaited.note(call, version, places, there);
              var located = at(answer, places);
              return there ? there(located) : not(located);
            });
  }

  /** The answer names the place that the sibling has, or is waited for, and none behind it. */
  private static HttpResponse at(HttpResponse answer, List<ConsistencyToken> places) {
    return places.isEmpty()
        ? answer
        : Replies.header(answer.removeHeader(TOKEN), TOKEN, places.get(0).toString());
  }

  private HttpResponse there(HttpResponse answer) {
    marks.receipted();
    return Replies.header(answer, REPLICATED, "yes");
  }

  private HttpResponse not(HttpResponse answer) {
    if (settings.policy() == Policy.CONTINUE) {
      return unreplicated(answer);
    }
    marks.late();
    var problem =
        Problem.of(
                BorderCode.NOT_YET_REPLICATED,
                "the change is stored here, and the sibling cloud has not said within "
                    + settings.limit()
                    + " that it has it; send it again with the same Idempotency-Key to hear when"
                    + " it does")
            .header("Retry-After", seconds())
            .header(REPLICATED, "no");
    throw located(problem, answer).asException();
  }

  /** Where the stored change is, as its own answer would have told. */
  private static Problem located(Problem problem, HttpResponse answer) {
    var etag = header(answer, "ETag");
    var token = header(answer, TOKEN);
    return problem
        .header("ETag", etag)
        .with("version", Long.parseLong(etag.replace("\"", "")))
        .header(TOKEN, token)
        .with("position", token);
  }

  private static String header(HttpResponse answer, String name) {
    return answer.getHeader(name).map(HttpHeader::value).orElseThrow();
  }

  private HttpResponse unreplicated(HttpResponse answer) {
    marks.unreplicated();
    return Replies.header(answer, REPLICATED, "no");
  }

  private String seconds() {
    return Long.toString(Math.max(1, settings.limit().toSeconds()));
  }
}
