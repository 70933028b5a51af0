package govcloud.node.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.Case;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.CaseEvent;
import govcloud.domain.casework.CaseState;
import govcloud.domain.casework.ClockState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Walks cases of the shipped apps from their start to an end, with the domain's own rules. */
class AppWalkTest {

  private static final AppCatalogue EXTRANET =
      ShippedApps.load(CatalogueSettings.CloudKind.EXTRANET);
  private static final AppCatalogue INTRANET =
      ShippedApps.load(CatalogueSettings.CloudKind.INTRANET);
  private static final FormValidator FORMS = new FormValidator(EXTRANET);
  private static final String APPROVAL =
      "{\"project_name\": \"设立演出场所\", \"task_name\": \"演出场所设立\", \"task_type\": \"licence\","
          + " \"project_type\": \"promise\", \"applyer_name\": \"测试\", \"applyer_type\":"
          + " \"legal-person\"}";

  private final Case rules = new Case(EXTRANET, new JsonFormReader());
  private CaseState state = CaseState.VACANT;
  private Instant now = Instant.parse("2026-03-02T02:00:00Z");

  @Test
  void approval_happyPath_endsCompleted() {
    create("administrative-approval", "applicant", APPROVAL);
    act("apply", "applicant", "");
    act("begin-pre-review", "window-clerk", "");
    act("notify-correction", "window-clerk", "{\"items\": [\"营业执照复印件\"]}");
    act("submit-correction", "applicant", "");
    act("accept", "window-clerk", "{\"accept_doc_no\": \"受〔2026〕1号\"}");
    act("begin-review", "reviewer", "");
    act("order-inspection", "reviewer", "");
    act("pass-first-review", "reviewer", "");
    act("propose-decision", "reviewer", "");
    act("grant", "approver", "{}");
    act(
        "make-certificate",
        "certificate-clerk",
        "{\"result_cetr_name\": \"许可证\", \"result_cetr_no\": \"1\"}");
    act("hand-over-for-delivery", "certificate-clerk", "");
    act("complete", "certificate-clerk", "{\"satisfaction\": 5}");
    assertThat(state.status()).isEqualTo("completed");
    assertThat(state.finished()).isTrue();
    assertThat(state.clocks().values())
        .isNotEmpty()
        .allMatch(clock -> clock.status() == ClockState.Status.COMPLETED);
    assertThat(state.documents())
        .containsOnlyKeys(
            "receipt-of-materials",
            "notice-of-correction",
            "notice-of-acceptance",
            "decision-to-grant",
            "certificate",
            "proof-of-delivery");
  }

  @Test
  void approval_specialProcedure_standsTheClocksStill() {
    underReview();
    var due = state.clocks().get("statutory").due();
    act(
        "begin-special-procedure",
        "reviewer",
        "{\"special_type\": \"hearing\", \"special_reason\": \"利害关系人申请听证\"}");
    assertThat(state.clocks().get("statutory").status()).isEqualTo(ClockState.Status.STOPPED);
    now = now.plusSeconds(14 * 86_400);
    act("end-special-procedure", "reviewer", "{\"special_result\": \"已听证\"}");
    assertThat(state.clocks().get("statutory").status()).isEqualTo(ClockState.Status.RUNNING);
    assertThat(state.clocks().get("statutory").due()).isAfter(due);
  }

  @Test
  void approval_extension_isAtMostTenDaysInAll() {
    underReview();
    act("extend", "approver", "{\"days\": 6, \"reason\": \"情况复杂\"}");
    assertThat(refusal("extend", "approver", "{\"days\": 6, \"reason\": \"情况复杂\"}"))
        .isEqualTo("CASE_EXTENSION_INVALID");
    act("extend", "approver", "{\"days\": 4, \"reason\": \"情况复杂\"}");
    assertThat(state.status()).isEqualTo("first-review");
  }

  @Test
  void approval_onTheSpotMatter_isNotExtended() {
    create(
        "administrative-approval", "applicant", APPROVAL.replace("\"promise\"", "\"immediate\""));
    act("apply", "applicant", "");
    act("begin-pre-review", "window-clerk", "");
    act("accept", "window-clerk", "");
    assertThat(refusal("extend", "approver", "{\"days\": 1, \"reason\": \"x\"}"))
        .isEqualTo("CASE_GUARD_NOT_MET");
    assertThat(refusal("grant", "approver", "")).isEqualTo("CASE_ACTION_NOT_ALLOWED");
    assertThat(refusal("begin-review", "applicant", "")).isEqualTo("CASE_ROLE_NOT_ALLOWED");
  }

  @Test
  void approval_sideStates_areReached() {
    underReview();
    act("suspend", "approver", "{\"reason\": \"诉讼未决\"}");
    assertThat(state.status()).isEqualTo("suspended");
    act("resume", "approver", "");
    act("withdraw", "applicant", "");
    assertThat(state.status()).isEqualTo("withdrawn");
  }

  @Test
  void approval_completedCase_canBeMadeVoid() {
    approval_happyPath_endsCompleted();
    act("make-void", "approver", "{\"reason\": \"材料造假\"}");
    assertThat(state.status()).isEqualTo("void");
  }

  @Test
  void outgoingDocument_happyPath_endsArchived() {
    create("document-flow", "drafter", document("outgoing", "internal"));
    act("draft", "drafter", "");
    act("submit-for-check", "drafter", "");
    act("return-for-revision", "office-head", "{\"reason\": \"格式\"}");
    act("submit-for-check", "drafter", "");
    act("submit-for-countersignature", "office-clerk", "");
    act("countersign", "countersigner", "{\"unit\": \"财政局\"}");
    act("countersign", "countersigner", "{\"unit\": \"人社局\"}");
    act("submit-for-signature", "office-head", "");
    act("sign", "signer", "");
    act("change-after-signature", "office-clerk", "{\"reason\": \"金额\"}");
    act("sign", "signer", "");
    act("recheck", "office-clerk", "");
    act("assign-number", "office-clerk", "{\"document_number\": \"测政发〔2026〕1号\"}");
    act("print", "office-clerk", "");
    act("seal", "seal-keeper", "");
    act("distribute", "office-clerk", "{\"issued_on\": \"2026-03-02\"}");
    act("archive", "archivist", "");
    assertThat(state.status()).isEqualTo("archived");
  }

  @Test
  void incomingDocument_happyPath_endsArchived() {
    create("document-flow", "office-clerk", document("incoming", "public"));
    assertThat(refusal("draft", "drafter", "")).isEqualTo("CASE_GUARD_NOT_MET");
    act("sign-for", "office-clerk", "");
    act("register", "office-clerk", "{\"receipt_number\": \"收2026-1\"}");
    act("screen", "office-clerk", "");
    act("propose-handling", "office-head", "{\"proposal\": \"请财政局阅办\"}");
    act("give-instruction", "signer", "{\"instruction\": \"同意\"}");
    act("take-on", "handler", "");
    act("circulate", "office-clerk", "{\"readers\": [{\"name\": \"甲\"}]}");
    act("end-circulation", "office-clerk", "");
    act("urge", "office-head", "");
    act("reply", "handler", "{\"result\": \"已复函\"}");
    act("archive", "archivist", "");
    assertThat(state.status()).isEqualTo("archived");
  }

  @Test
  void classifiedDocument_inAnExtranetCloud_isRefused() {
    var intranet = new Case(INTRANET, new JsonFormReader());
    for (var level : List.of("top-secret", "secret", "confidential")) {
      var form = document("outgoing", level);
      assertThat(creation(rules, "document-flow", "drafter", form))
          .isInstanceOf(Decision.Refused.class)
          .asString()
          .contains("涉密公文不得进入政务外网云", "CASE_GUARD_NOT_MET");
      assertThat(creation(intranet, "document-flow", "drafter", form))
          .isInstanceOf(Decision.Accepted.class);
    }
    assertThat(creation(rules, "document-flow", "drafter", "{}"))
        .asString()
        .contains("CASE_GUARD_FAILED");
  }

  @Test
  void receipt_commonestVariant_endsCompleted() {
    create("environmental-permit-receipt", "clerk", "{\"channel\": \"Internet\"}");
    act("confirm-receipt", "clerk", "");
    act("check-confirmation", "clerk", "");
    act("determine-confirmation", "clerk", "");
    act("print-and-send-confirmation", "clerk", "");
    act("determine-necessity-of-stop-advice", "clerk", "");
    act("determine-necessity-to-stop", "clerk", "");
    assertThat(state.status()).isEqualTo("completed");
    act("create-document-x", "clerk", "");
    act("print-document-x", "clerk", "");
    assertThat(state.status()).isEqualTo("completed");
  }

  @Test
  void record_questioned_isUpheld_andRevokedByAnotherRole() {
    create("data-register", "registrar", "{\"station_id\": \"YZ-0001\", \"capacity\": 30}");
    act("question", "registrar", "");
    assertThat(refusal("revoke", "registrar", "{\"reason\": \"桩位已拆除\"}"))
        .isEqualTo("CASE_ROLE_NOT_ALLOWED");
    act("uphold", "checker", "");
    assertThat(state.status()).isEqualTo("current");
    act("question", "registrar", "");
    act("revoke", "checker", "{\"reason\": \"桩位已拆除\"}");
    assertThat(state.status()).isEqualTo("revoked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"applicant", "window-clerk", "reviewer"})
  void approval_whoAskedAcceptedOrProposed_neitherGrantsNorRefuses(String person) {
    underReview();
    act("pass-first-review", "reviewer", "");
    act("propose-decision", "reviewer", "");
    for (var action : List.of("grant", "refuse")) {
      assertThat(decide(action, new Actor(person, "approver"), ""))
          .asString()
          .contains("CASE_GUARD_NOT_MET");
    }
    act("grant", "approver", "{}");
  }

  @Test
  void approval_whoeverOpenedTheCase_getsNoExtensionBySelf() {
    underReview();
    assertThat(decide("extend", new Actor("applicant", "approver"), "{\"days\": 1}"))
        .asString()
        .contains("CASE_GUARD_NOT_MET", "审批人不得审批本人提出的申请");
    act("extend", "approver", "{\"days\": 1, \"reason\": \"情况复杂\"}");
  }

  @Test
  void document_drafter_doesNotSign() {
    create("document-flow", "office-clerk", document("outgoing", "internal"));
    act("draft", "drafter", "");
    act("submit-for-check", "drafter", "");
    act("submit-for-signature", "office-head", "");
    for (var person : List.of("office-clerk", "drafter", "office-head")) {
      assertThat(decide("sign", new Actor(person, "signer"), ""))
          .asString()
          .contains("CASE_GUARD_NOT_MET");
    }
    act("sign", "signer", "");
  }

  @Test
  void record_enteredOrQuestioned_isCheckedByAnother() {
    create("data-register", "registrar", "{\"station_id\": \"YZ-0001\", \"capacity\": 30}");
    evolve(decide("question", new Actor("li", "registrar"), ""));
    for (var person : List.of("registrar", "li")) {
      for (var action : List.of("uphold", "revoke")) {
        assertThat(decide(action, new Actor(person, "checker"), ""))
            .asString()
            .contains("CASE_GUARD_NOT_MET");
      }
    }
    act("uphold", "checker", "");
  }

  private void underReview() {
    create("administrative-approval", "applicant", APPROVAL);
    act("apply", "applicant", "");
    act("begin-pre-review", "window-clerk", "");
    act("accept", "window-clerk", "");
    act("begin-review", "reviewer", "");
  }

  private static String document(String direction, String level) {
    return "{\"direction\": \"%s\", \"title\": \"通知\", \"kind\": \"notice\", \"security_level\": \"%s\", \"urgency\": \"ordinary\"}"
        .formatted(direction, level);
  }

  private void create(String app, String role, String form) {
    assertThat(FORMS.validateCase(EXTRANET.newest(app).orElseThrow(), form)).isEmpty();
    evolve(creation(rules, app, role, form));
  }

  private Decision<CaseEvent> creation(Case rules, String app, String role, String form) {
    var create =
        new CaseCommand.Create(
            "bureau",
            app,
            app,
            EXTRANET.newest(app).orElseThrow().version(),
            "1",
            "标题",
            Applicant.NONE,
            form,
            Map.of(),
            Optional.empty());
    return rules.decide(CaseState.VACANT, create, new Context(now, new Actor(role, role)));
  }

  private void act(String action, String role, String form) {
    var definition = EXTRANET.newest(state.definition()).orElseThrow().actions().get(action);
    assertThat(FORMS.validateAction(definition, form)).as(action).isEmpty();
    now = now.plusSeconds(60);
    evolve(decide(action, role, form));
  }

  private String refusal(String action, String role, String form) {
    var decision = decide(action, role, form);
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused<CaseEvent>) decision).refusal().code();
  }

  private Decision<CaseEvent> decide(String action, String role, String form) {
    return decide(action, new Actor(role, role), form);
  }

  private Decision<CaseEvent> decide(String action, Actor actor, String form) {
    return rules.decide(
        state,
        new CaseCommand.TakeAction(action, form, "", Map.of(), Optional.empty()),
        new Context(now, actor));
  }

  private void evolve(Decision<CaseEvent> decision) {
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    for (var event : ((Decision.Accepted<CaseEvent>) decision).events()) {
      state = rules.evolve(state, event);
    }
  }
}
