package govcloud.node.sharing;

import static govcloud.node.http.Replies.ok;

import govcloud.domain.Refusal;
import govcloud.domain.sharing.AgreementCommand;
import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.DataResource;
import govcloud.domain.sharing.ResourceRefusal;
import govcloud.domain.sharing.ResourceState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Endpoint;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Problem;
import govcloud.node.http.Routes;
import govcloud.node.tenant.ActiveTenants;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * What can be asked of agreements over HTTP. A department finds those to which it is a party; for
 * any other it is as if there were none.
 */
public final class AgreementRoutes {

  private final Commands commands;
  private final Lists lists;
  private final AgreementTable table;
  private final ActiveTenants tenants;

  public AgreementRoutes(
      Commands commands, Lists lists, AgreementTable table, ActiveTenants tenants) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
    this.tenants = tenants;
  }

  /** Adds the operations of agreements. */
  public void register(Routes routes) {
    routes
        .on("listAllAgreements", this::listAll)
        .on("getAnyAgreement", this::getAny)
        .on("confirmAgreement", call -> ofOperator(call, new AgreementCommand.Confirm()))
        .on("returnAgreement", call -> ofOperator(call, new AgreementCommand.Return(reason(call))))
        .on("listAgreements", this::list)
        .on("getAgreement", this::get)
        .on("applyForAgreement", this::apply)
        .on("consentToAgreement", ofParty(AgreementRoutes::consent))
        .on("refuseAgreement", ofParty(c -> new AgreementCommand.Refuse(party(c), reason(c))))
        .on("withdrawAgreement", ofParty(c -> new AgreementCommand.Withdraw(party(c), reason(c))))
        .on("signAgreement", ofParty(c -> new AgreementCommand.Sign(party(c), c.text("address"))))
        .on("suspendAgreement", ofParty(c -> new AgreementCommand.Suspend(party(c), reason(c))))
        .on("resumeAgreement", ofParty(c -> new AgreementCommand.Resume(party(c))))
        .on("revokeAgreement", ofParty(c -> new AgreementCommand.Revoke(party(c), reason(c))));
    routes
        .on("requestActivation", ofParty(AgreementRoutes::request))
        .on("activateAgreement", ofParty(AgreementRoutes::activate))
        .on("endActivation", ofParty(c -> new AgreementCommand.EndActivation(party(c), reason(c))))
        .on("reviewActivation", ofParty(AgreementRoutes::review));
  }

  private static AgreementCommand request(Call call) {
    return new AgreementCommand.RequestActivation(party(call), reason(call), call.text("incident"));
  }

  private static AgreementCommand activate(Call call) {
    return new AgreementCommand.Activate(party(call), call.body().path("activation").asInt());
  }

  private static AgreementCommand review(Call call) {
    return new AgreementCommand.ReviewActivation(party(call), call.text("review"));
  }

  private static AgreementCommand consent(Call call) {
    return new AgreementCommand.Consent(party(call));
  }

  private static String id(Call call) {
    return SharingIds.agreement(call.path("consumer"), call.path("agreement"));
  }

  private static String party(Call call) {
    return call.path("tenant");
  }

  private static String reason(Call call) {
    return call.text("reason");
  }

  private CompletionStage<HttpResponse> ofOperator(Call call, AgreementCommand command) {
    return commands.change(call, id(call), command);
  }

  /** Asks for a party, once it is sure that it is one. */
  private Endpoint ofParty(Function<Call, AgreementCommand> command) {
    return call ->
        readAsParty(call)
            .thenCompose(
                there ->
                    tenants
                        .require(party(call))
                        .thenCompose(
                            active -> commands.change(call, id(call), command.apply(call))));
  }

  private CompletionStage<Answer<AgreementState>> readAsParty(Call call) {
    return commands
        .<AgreementState>read(id(call))
        .thenApply(
            answer -> {
              if (!AgreementShape.isParty(answer.state(), party(call))) {
                throw unknown(call).asException();
              }
              return answer;
            });
  }

  /** The same for an agreement that there is not and for one of others. */
  private static Problem unknown(Call call) {
    return Problem.of(BorderCode.NOT_FOUND, id(call) + ": none (expected: one that exists)");
  }

  private CompletionStage<HttpResponse> apply(Call call) {
    var consumer = party(call);
    if (!call.path("consumer").equals(consumer)) {
      throw unknown(call).asException();
    }
    return tenants
        .require(consumer)
        .thenCompose(active -> resource(call))
        .thenCompose(
            content ->
                commands.<AgreementState>ask(
                    call,
                    id(call),
                    new AgreementCommand.Apply(
                        consumer, SharingJson.terms(consumer, call.body(), content), content)))
        .thenApply(
            answer ->
                Commands.created(
                    call,
                    id(call),
                    answer,
                    "/v1/tenants/%s/agreements/%s/%s"
                        .formatted(consumer, consumer, call.path("agreement")),
                    new Fields()));
  }

  private CompletionStage<DataResource> resource(Call call) {
    var id = SharingIds.resource(call.text("provider"), call.text("resource"));
    var number = call.body().path("resource_version").asInt();
    return commands
        .entities()
        .<ResourceState>read(id)
        .thenApply(
            answer -> {
              if (answer.state().status() == ResourceState.Status.WITHDRAWN) {
                throw Problem.of(
                        Refusal.of(
                            ResourceRefusal.RESOURCE_WITHDRAWN,
                            id + ": withdrawn (expected: published)"))
                    .asException();
              }
              // An older one may be shared more freely than its owner allows now.
              return answer
                  .state()
                  .newest()
                  .filter(newest -> newest.number() == number)
                  .orElseThrow(
                      () ->
                          Problem.of(
                                  Refusal.of(
                                      ResourceRefusal.RESOURCE_NOT_FOUND,
                                      "%s: version %d (expected: the newest that is published)"
                                          .formatted(id, number)))
                              .asException())
                  .content();
            });
  }

  private CompletionStage<HttpResponse> get(Call call) {
    return readAsParty(call).thenApply(answer -> shown(call, answer));
  }

  private CompletionStage<HttpResponse> getAny(Call call) {
    return commands.<AgreementState>read(id(call)).thenApply(answer -> shown(call, answer));
  }

  private static HttpResponse shown(Call call, Answer<AgreementState> answer) {
    var shape =
        AgreementShape.of(
            call.path("consumer"), call.path("agreement"), answer.version(), answer.state());
    return Commands.versioned(ok(shape), answer);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return lists.page(
        call,
        AgreementView.NAME,
        page -> table.of(party(call), status(call), page),
        AgreementShape::of);
  }

  private CompletionStage<HttpResponse> listAll(Call call) {
    return lists.page(
        call, AgreementView.NAME, page -> table.all(status(call), page), AgreementShape::of);
  }

  private static Optional<AgreementState.Status> status(Call call) {
    return call.parameter("status")
        .map(word -> AgreementState.Status.valueOf(word.toUpperCase(Locale.ROOT)));
  }
}
