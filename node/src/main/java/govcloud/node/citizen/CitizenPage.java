package govcloud.node.citizen;

import govcloud.domain.Actor;
import govcloud.domain.objection.ObjectionCommand;
import govcloud.domain.objection.ObjectionState;
import govcloud.node.correction.CorrectionTable;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.identity.OwnPage;
import govcloud.node.identity.PageGuests;
import govcloud.node.objection.ObjectionView;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import govcloud.node.projection.PageRequest;
import govcloud.node.recall.RecallRow;
import govcloud.node.recall.RecallTable;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Who looked at my data, for browsers with or without script. */
final class CitizenPage {

  private static final int ROWS = 20;
  private static final int MOST_RECALLS = 100;

  private final Accesses accesses;
  private final RecallTable recalls;
  private final CorrectionTable corrections;
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
      RecallTable recalls,
      CorrectionTable corrections,
      Entities entities,
      Function<String, CompletionStage<Boolean>> seen,
      PageGuests guests) {
    this.accesses = accesses;
    this.recalls = recalls;
    this.corrections = corrections;
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
        .looks(call, OwnPage.MY_DATA)
        .thenCompose(
            actor ->
                accesses
                    .page(actor, request)
                    .thenCombine(
                        said(actor),
                        (page, said) ->
                            HtmlPages.page(
                                200, page(call).found(page, said, PageGuests.word(call)))));
  }

  private CompletionStage<CitizenHtml.Said> said(Actor actor) {
    return recalls(actor)
        .thenCombine(
            accesses
                .listOf(actor)
                .thenCompose(list -> corrections.of(list, PageRequest.first(MOST_RECALLS))),
            (wrong, asked) -> new CitizenHtml.Said(wrong, asked.items()));
  }

  private CompletionStage<List<RecallRow>> recalls(Actor actor) {
    return accesses
        .listOf(actor)
        .thenCompose(list -> recalls.about(list, PageRequest.first(MOST_RECALLS)))
        .thenCompose(page -> accesses.shown(page.items()));
  }

  private CompletionStage<HttpResponse> object(Call call) {
    return guests
        .presses(call, "objectToAccess")
        .thenCompose(pressed -> object(pressed, call.traceId()))
        .thenCompose(answer -> seen.apply(answer.consistencyToken()))
        .thenApply(done -> HtmlPages.goTo(CitizenHtml.PATH, call));
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
    return HtmlPages.orSignIn(
        call, done, problem -> page(call).refused(problem.code(), problem.detail()));
  }

  private static CitizenHtml page(Call call) {
    return new CitizenHtml(Language.of(call));
  }
}
