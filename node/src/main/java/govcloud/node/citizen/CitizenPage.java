package govcloud.node.citizen;

import govcloud.domain.Actor;
import govcloud.domain.objection.ObjectionCommand;
import govcloud.domain.objection.ObjectionState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import govcloud.node.identity.FormPages;
import govcloud.node.identity.PageGuests;
import govcloud.node.objection.ObjectionView;
import govcloud.node.projection.PageRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Who looked at my data, for browsers with or without script. */
final class CitizenPage {

  private static final int ROWS = 20;
  private final Accesses accesses;
  private final Entities entities;
  private final Function<String, CompletionStage<Boolean>> seen;
  private final PageGuests guests;

  /**
   * A page.
   *
   * @param seen waits until the list of objections has seen a change
   */
  CitizenPage(
      Accesses accesses,
      Entities entities,
      Function<String, CompletionStage<Boolean>> seen,
      PageGuests guests) {
    this.accesses = accesses;
    this.entities = entities;
    this.seen = seen;
    this.guests = guests;
  }

  void register(Routes routes) {
    routes
        .on("getMyDataPage", call -> orRefused(call, look(call)))
        .on("objectByPage", call -> orRefused(call, object(call)));
  }

  private CompletionStage<HttpResponse> look(Call call) {
    var request = new PageRequest(ROWS, call.parameter("page_token"));
    return guests
        .looks(call, "listMyAccesses")
        .thenCompose(actor -> accesses.page(actor, request))
        .thenApply(page -> FormPages.page(200, page(call).found(page, PageGuests.word(call))));
  }

  private CompletionStage<HttpResponse> object(Call call) {
    return guests
        .presses(call, "objectToAccess")
        .thenCompose(pressed -> object(pressed, call.traceId()))
        .thenCompose(answer -> seen.apply(answer.consistencyToken()))
        .thenApply(done -> FormPages.goTo(CitizenHtml.PATH, call));
  }

  private CompletionStage<Answer<ObjectionState>> object(
      PageGuests.Pressed pressed, String traceId) {
    Actor actor = pressed.actor();
    return accesses
        .find(actor, pressed.text("office"), pressed.text("exchange"))
        .thenCompose(
            record ->
                entities.<ObjectionState>ask(
                    ObjectionView.id(record.provider(), record.id()),
                    Request.of(
                            new ObjectionCommand.Raise(
                                Accesses.matter(record), pressed.text("text")),
                            actor)
                        .tracedBy(traceId)))
        .thenApply(
            answer -> {
              if (!answer.accepted()) {
                throw Problem.of(answer.refusal()).asException();
              }
              return answer;
            });
  }

  private static CompletionStage<HttpResponse> orRefused(
      Call call, CompletionStage<HttpResponse> done) {
    return done.handle(
            (response, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(response)
                    : refused(call, failure))
        .thenCompose(Function.identity());
  }

  private static CompletionStage<HttpResponse> refused(Call call, Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (!(cause instanceof ProblemException known)) {
      return CompletableFuture.failedStage(failure);
    }
    var problem = known.problem();
    Visit.of(call.request()).refusedFor(problem.code());
    return CompletableFuture.completedStage(
        problem.status() == BorderCode.TOKEN_NEEDED.status()
            ? FormPages.goTo("/sign-in", call)
            : FormPages.page(
                problem.status(), page(call).refused(problem.code(), problem.detail())));
  }

  private static CitizenHtml page(Call call) {
    return new CitizenHtml(FormPages.language(call));
  }
}
