package govcloud.node.approval;

import govcloud.domain.Actor;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.identity.FormHtml;
import govcloud.node.identity.PasskeySigning;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.OperationRow;
import govcloud.node.page.Html;
import govcloud.node.page.Language;
import java.util.List;

/** Dangerous commands as text; only signing one needs script. */
final class ApprovalHtml extends FormHtml {

  static final String PATH = "/approvals";

  private final String path;

  ApprovalHtml(Language language, String path) {
    super(language, path);
    this.path = path;
  }

  /** Where an operation is signed. */
  static String path(String operation) {
    return ApprovalRequests.PAGES + operation;
  }

  private Html begin(String problem) {
    return head(say("高危操作审批", "Dangerous commands"), problem);
  }

  private String title(DangerousCommand command) {
    return switch (command) {
      case DELETE_RECEIVED_CUTS ->
          say("删除收到的对端切点及其之前的所有切点", "Delete a received cut and all before it");
      case DELETE_CUTS -> say("删除切点及其之前的所有切点", "Delete a cut and all before it");
      case KEEP_AUDIT -> say("延长审计记录的保存期限", "Keep the audit trail for longer");
      case ERASE_SUBJECT -> say("删除个人信息（销毁密钥）", "Erase personal data by destroying the key");
      case ROTATE_KEY -> say("启用本云的下一个密钥", "Give this cloud its next key");
      case GRANT_DRILL_KEY ->
          say("授予演练密钥（原演练密钥随即失效）", "Grant a drill key, in place of the one before");
      case FAIL_OVER -> say("弃用兄弟云的站点，由重建的站点接替", "Give the sibling's site up for its rebuilt one");
      case GRANT_EMERGENCY ->
          say("紧急授权：60 分钟内以该角色代替本人角色", "Give a person another role for 60 minutes");
      case RECOVER_SECURITY ->
          say(
              "安全管理员重新启用：凭一次性代码再次首次登录",
              "Let a security administrator in again, by a one-time code");
      case SWITCH_OVER -> say("将兄弟云迁至另一站点", "Move the sibling to another site");
    };
  }

  /** All that wait. */
  String list(List<OperationRow> rows) {
    var html = begin("");
    html.element(
        "p",
        "calm",
        rows.isEmpty()
            ? say("没有待审批的高危操作。", "No dangerous command waits.")
            : say(
                "下列操作须由两人分别用通行密钥签署后才会执行。",
                "Two people sign each of these with a passkey before it is carried out."));
    html.raw("<ul class=\"records\">");
    for (var row : rows) {
      html.raw("<li>");
      link(
          html,
          path(row.operation()),
          title(DangerousCommand.of(row.kind()).orElseThrow()) + " (" + row.subject() + ")");
      html.element("p", "calm", say("最迟 ", "until ") + Html.MINUTE.format(row.deadline()))
          .raw("</li>");
    }
    return end(html.raw("</ul>"));
  }

  private Html facts(Approvals.Approval approval) {
    var state = approval.state();
    var html = begin("");
    html.element("h2", title(approval.command())).raw("<dl>");
    html.fact(say("对象", "Of what"), state.subject());
    html.fact(say("申请人", "Asked by"), state.requester());
    html.fact(say("状态", "Status"), status(state.status()));
    if (approval.isAwaited()) {
      html.fact(say("最迟", "Until"), Html.MINUTE.format(state.deadline().orElseThrow()));
    }
    for (var signed : state.signatures()) {
      html.fact(
          say("已签署", "Signed by"),
          signed.signature().person() + say("，", ", ") + Html.MINUTE.format(signed.at()));
    }
    html.fact(say("结果", "Result"), state.result());
    html.fact(say("原因", "Reason"), state.reason());
    html.raw("</dl>");
    html.element("h3", say("签署的内容", "What is signed"));
    html.element("pre", "command", approval.text());
    return html.element(
        "p", "calm", "SHA-256 (base64url): " + PasskeySigning.challenge(approval.text()));
  }

  private String status(Status status) {
    return switch (status) {
      case WAITING_APPROVAL -> say("等待两人签署", "waits for two people");
      case RUNNING -> say("正在执行", "under way");
      case SUCCEEDED -> say("已完成", "done");
      case FAILED -> say("失败", "failed");
      case CANCELLED -> say("已撤销", "withdrawn");
      case VACANT, PENDING -> say("准备中", "not yet asked for");
    };
  }

  /** A command that this person does not sign, or not again. */
  String shown(Approvals.Approval approval, Actor actor, String word) {
    var html = facts(approval);
    var signed = approval.state().isSignedBy(actor.person());
    if (approval.isAwaited()) {
      html.element(
          "p",
          "calm",
          signed
              ? say("您已签署，还需另一人签署。", "You have signed; somebody else signs next.")
              : say("您的角色不能签署此操作。", "Your role does not sign this command."));
    } else if (signed && approval.state().status() == Status.RUNNING) {
      form(html, path);
      html.hidden("csrf", word);
      button(html, say("再次启动执行", "Begin its work again"));
    }
    return back(html);
  }

  /** A command that this person may sign. */
  String toSign(Approvals.Approval approval, String options, String word) {
    var html = facts(approval);
    html.element(
        "p",
        say(
            "签署即用您的通行密钥对上面的内容签名；签名随操作保存，可离线核验，不可抵赖。",
            "Your passkey signs the text above. The signature is kept with the operation and can be"
                + " verified offline by anybody."));
    passkeyForm(html, path, options, say("用通行密钥签署", "Sign with a passkey"));
    html.hidden("csrf", word);
    return endWithPasskey(html);
  }

  /** A command that this person may sign as soon as there is a passkey. */
  String withoutPasskey(Approvals.Approval approval) {
    var html = facts(approval);
    html.trouble(
        say(
            "高危操作须用通行密钥签署，您的账号还没有通行密钥。",
            "A dangerous command is signed with a passkey, and your account has none."));
    link(html, "/my-account", say("添加通行密钥", "Add a passkey"));
    return back(html);
  }

  /** A page that says why nothing was done; what waits is shown to those alone who may see it. */
  String refused(String code, String detail) {
    var html =
        begin(
            switch (code) {
              case "NOT_ALLOWED" -> say("您的角色不能查看此页。", "Your role may not see this page.");
              case "NOT_FOUND" -> say("没有这个高危操作。", "There is no such command.");
              case "APPROVAL_OWN" ->
                  say("您已签署，须由另一人签署。", "You have signed it; somebody else must.");
              case "APPROVAL_NOT_AWAITED" ->
                  say("该操作不在等待签署。", "This command does not wait for signatures.");
              case "APPROVAL_ROLE_WRONG", "AUDIT_AUDITOR_ONLY" ->
                  say("您的角色不能签署此操作。", "Your role does not sign this command.");
              case "SIGNATURE_REFUSED", "PASSKEY_COUNTER_WRONG" ->
                  say("签名无效，未执行：", "The signature is not good; nothing was done: ") + detail;
              case "PERSON_NEEDED" -> say("须由本人签署。", "Only a person signs, and in person.");
              default -> told(code, detail, "");
            });
    return code.equals("NOT_ALLOWED") || code.equals("CSRF_TOKEN_WRONG") ? end(html) : back(html);
  }

  private String back(Html html) {
    link(html, PATH, say("所有待审批的高危操作", "All commands that wait"));
    return end(html);
  }
}
