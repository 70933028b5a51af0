package govcloud.node.subject;

import govcloud.domain.subject.LegalBasis;
import govcloud.domain.subject.SubjectCommand;
import govcloud.domain.subject.SubjectState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.vault.PersonalData;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Holds and erasures over HTTP; people are named by their pseudonym in the department. */
public final class SubjectRoutes {

  private final Commands commands;
  private final PersonalData personal;
  private final Erasures erasures;

  /** Routes; nothing asked yet. */
  public SubjectRoutes(Commands commands, PersonalData personal, Erasures erasures) {
    this.commands = commands;
    this.personal = personal;
    this.erasures = erasures;
  }

  /** Adds the operations. */
  public void register(Routes routes) {
    routes
        .on("findDataSubject", this::find)
        .on("getDataSubject", call -> show(call.path("tenant"), call.path("subject")))
        .on(
            "holdData",
            call -> change(call, new SubjectCommand.Hold(call.path("hold"), call.text("reason"))))
        .on("releaseData", call -> change(call, new SubjectCommand.Release(call.path("hold"))))
        .on("eraseData", this::erase);
  }

  private CompletionStage<HttpResponse> find(Call call) {
    erasures.requireVault();
    var number = call.text("number").strip().toUpperCase(Locale.ROOT);
    return show(call.path("tenant"), personal.subject(call.path("tenant"), number));
  }

  private CompletionStage<HttpResponse> show(String tenant, String subject) {
    erasures.requireVault();
    return personal
        .keyOf(tenant, subject)
        .thenCombine(
            commands.entities().<SubjectState>read(Erasures.id(tenant, subject)),
            (key, answer) -> Replies.ok(shape(tenant, subject, key.isPresent(), answer)));
  }

  private CompletionStage<HttpResponse> change(Call call, SubjectCommand command) {
    erasures.requireVault();
    return commands.change(call, Erasures.id(call.path("tenant"), call.path("subject")), command);
  }

  private CompletionStage<HttpResponse> erase(Call call) {
    erasures.requireVault();
    return erasures
        .request(
            Commands.identifier("erasure-", call),
            call.path("tenant"),
            call.path("subject"),
            LegalBasis.of(call.text("legal_basis")).orElseThrow(),
            call.actor(),
            call.dryRun())
        .thenApply(ApprovalRequests::asked);
  }

  private static Map<String, Object> shape(
      String tenant, String subject, boolean readable, Answer<SubjectState> answer) {
    var state = answer.state();
    return new Fields()
        .with("tenant", tenant)
        .with("subject", subject)
        .with("readable", readable)
        .with("status", answer.status())
        .with(
            "holds",
            state.holds().entrySet().stream()
                .map(
                    hold ->
                        new Fields()
                            .with("hold", hold.getKey())
                            .with("reason", hold.getValue().reason())
                            .with("person", hold.getValue().person())
                            .with("at", hold.getValue().at())
                            .map())
                .toList())
        .with(
            "erasures",
            state.erasures().stream()
                .map(
                    one ->
                        new Fields()
                            .with("legal_basis", one.basis().word())
                            .with("operation", one.operation())
                            .with("at", one.at())
                            .map())
                .toList())
        .map();
  }
}
