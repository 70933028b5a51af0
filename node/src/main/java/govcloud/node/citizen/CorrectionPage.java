package govcloud.node.citizen;

import govcloud.domain.Actor;
import govcloud.domain.correction.CorrectionState;
import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.node.correction.Corrections;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Routes;
import govcloud.node.identity.PageGuests;
import govcloud.node.page.HtmlPages;
import govcloud.node.page.Language;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** The button with which a citizen asks for the correction of an own value. */
final class CorrectionPage {

  private final Accesses accesses;
  private final Corrections corrections;
  private final Entities entities;
  private final Function<String, CompletionStage<Boolean>> seen;
  private final PageGuests guests;

  /**
   * A button.
   *
   * @param seen waits until the list of corrections has seen a change
   */
  CorrectionPage(
      Accesses accesses,
      Corrections corrections,
      Entities entities,
      Function<String, CompletionStage<Boolean>> seen,
      PageGuests guests) {
    this.accesses = accesses;
    this.corrections = corrections;
    this.entities = entities;
    this.seen = seen;
    this.guests = guests;
  }

  void register(Routes routes) {
    routes.on(
        "askMyCorrectionByPage",
        call ->
            HtmlPages.orSignIn(
                call,
                press(call),
                problem ->
                    new CitizenHtml(Language.of(call)).refused(problem.code(), problem.detail())));
  }

  private CompletionStage<HttpResponse> press(Call call) {
    return guests
        .presses(call, "askMyCorrection")
        .thenCompose(pressed -> ask(pressed, call.traceId()))
        .thenCompose(answer -> seen.apply(answer.consistencyToken()))
        .thenApply(done -> HtmlPages.goTo(CitizenHtml.PATH, call));
  }

  private CompletionStage<Answer<CorrectionState>> ask(PageGuests.Pressed pressed, String traceId) {
    Actor actor = pressed.actor();
    var field = pressed.text("field");
    return accesses
        .find(actor, pressed.text("office"), pressed.text("exchange"))
        .thenCompose(
            record ->
                corrections
                    .ask(
                        record,
                        Asker.CITIZEN,
                        field,
                        pressed.text("value"),
                        pressed.text("reason"),
                        true)
                    .thenCompose(
                        command ->
                            entities.<CorrectionState>ask(
                                Corrections.id(record, Asker.CITIZEN, field),
                                Request.of(command, actor).tracedBy(traceId))))
        .thenApply(Commands::accepted);
  }
}
