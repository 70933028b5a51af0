package govcloud.node.approval;

import govcloud.domain.operation.OperationEvent;
import govcloud.node.http.Call;
import govcloud.node.http.Fields;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.http.Visit;
import govcloud.node.identity.PasskeySigning;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Dangerous commands over HTTP; what is told is enough to verify them without us. */
final class ApprovalRoutes {

  private final Approvals approvals;
  private final PasskeySigning signing;

  ApprovalRoutes(Approvals approvals, PasskeySigning signing) {
    this.approvals = approvals;
    this.signing = signing;
  }

  void register(Routes routes) {
    routes.on("getApproval", this::get).on("signApproval", this::sign);
  }

  private CompletionStage<HttpResponse> get(Call call) {
    return approvals
        .read(call.path("operation"))
        .thenApply(approval -> Replies.ok(shape(approval)));
  }

  private CompletionStage<HttpResponse> sign(Call call) {
    return approvals
        .sign(call.path("operation"), call.actor(), call.text("answer"), Visit.of(call.request()))
        .thenApply(approval -> Replies.ok(shape(approval)));
  }

  private Map<String, Object> shape(Approvals.Approval approval) {
    var state = approval.state();
    return new Fields()
        .with("operation", approval.operation())
        .with("kind", state.kind())
        .with("subject", state.subject())
        .with("status", state.status().name().toLowerCase(Locale.ROOT))
        .maybe("deadline", state.deadline())
        .with("page", signing.page(ApprovalHtml.path(approval.operation())))
        .with("host", signing.host())
        .with("command", approval.text())
        .with("challenge", PasskeySigning.challenge(approval.text()))
        .maybe("result", Optional.of(state.result()).filter(result -> !result.isEmpty()))
        .with("signatures", state.signatures().stream().map(ApprovalRoutes::shape).toList())
        .map();
  }

  private static Map<String, Object> shape(OperationEvent.Signed signed) {
    var one = signed.signature();
    return new Fields()
        .with("person", one.person())
        .with("signed_at", signed.at())
        .with("command", one.command())
        .with("passkey", one.passkey())
        .with("public_key", one.publicKey())
        .with("client_data", one.clientData())
        .with("authenticator_data", one.authenticatorData())
        .with("signature", one.signature())
        .map();
  }
}
