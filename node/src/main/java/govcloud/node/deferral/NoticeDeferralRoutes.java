package govcloud.node.deferral;

import govcloud.domain.deferral.NoticeDeferralCommand;
import govcloud.domain.deferral.NoticeDeferralState;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.tenant.ActiveTenants;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Deferrals over HTTP: two people of the department, and those who supervise them. */
public final class NoticeDeferralRoutes {

  private static final String NAME = NoticeDeferralView.NAME;

  private final Commands commands;
  private final Lists lists;
  private final NoticeDeferralTable table;
  private final ActiveTenants tenants;

  public NoticeDeferralRoutes(
      Commands commands, Lists lists, NoticeDeferralTable table, ActiveTenants tenants) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
    this.tenants = tenants;
  }

  /** Adds the operations of deferrals. */
  public void register(Routes routes) {
    routes
        .on(
            "listAllDeferrals",
            call -> lists.page(call, NAME, table::all, NoticeDeferralRoutes::shape))
        .on(
            "listDeferrals",
            call ->
                lists.page(
                    call,
                    NAME,
                    page -> table.of(call.path("tenant"), page),
                    NoticeDeferralRoutes::shape))
        .on(
            "proposeDeferral",
            call ->
                change(
                    call,
                    new NoticeDeferralCommand.Propose(
                        call.text("reason"),
                        call.text("legal_basis"),
                        OffsetDateTime.parse(call.text("until")).toInstant())))
        .on(
            "approveDeferral",
            call ->
                change(
                    call,
                    new NoticeDeferralCommand.Approve(
                        call.text("reason"),
                        call.text("legal_basis"),
                        OffsetDateTime.parse(call.text("until")).toInstant())))
        .on(
            "declineDeferral",
            call -> change(call, new NoticeDeferralCommand.Decline(call.text("reason"))))
        .on(
            "releaseDeferral",
            call -> change(call, new NoticeDeferralCommand.Release(call.text("reason"))));
  }

  private CompletionStage<HttpResponse> change(Call call, NoticeDeferralCommand command) {
    var consumer = call.path("tenant");
    return tenants
        .require(consumer)
        .thenCompose(
            active ->
                commands.change(
                    call,
                    NoticeDeferralView.id(consumer, call.path("app") + "/" + call.path("case")),
                    command));
  }

  /** A deferral for those who decide on it and those who supervise it. */
  public static Map<String, Object> shape(NoticeDeferralRow row) {
    var state = row.state();
    return new Fields()
        .with("office", row.consumer())
        .with("case", row.caseId())
        .with("status", NoticeDeferralView.label(state))
        .maybe("until", state.until())
        .maybe("proposal", state.proposal().map(NoticeDeferralRoutes::shape))
        .with("grants", state.grants().stream().map(NoticeDeferralRoutes::shape).toList())
        .maybe("declined", state.declined().map(NoticeDeferralRoutes::shape))
        .maybe("released", state.released().map(NoticeDeferralRoutes::shape))
        .map();
  }

  private static Fields fields(NoticeDeferralState.Proposal asked) {
    return new Fields()
        .with("reason", asked.reason())
        .with("legal_basis", asked.legalBasis())
        .with("until", asked.until())
        .with("proposed_by", asked.person())
        .with("proposed_at", asked.at());
  }

  private static Map<String, Object> shape(NoticeDeferralState.Proposal asked) {
    return fields(asked).map();
  }

  private static Map<String, Object> shape(NoticeDeferralState.Grant grant) {
    return fields(grant.proposal())
        .with("approved_by", grant.person())
        .with("approved_at", grant.at())
        .map();
  }

  private static Map<String, Object> shape(NoticeDeferralState.Said said) {
    return new Fields()
        .with("reason", said.reason())
        .with("person", said.person())
        .with("at", said.at())
        .map();
  }
}
