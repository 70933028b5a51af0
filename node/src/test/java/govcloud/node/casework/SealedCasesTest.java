package govcloud.node.casework;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.Case;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.CaseEvent;
import govcloud.domain.casework.CaseState;
import govcloud.domain.catalogue.Catalogue;
import govcloud.node.catalogue.CatalogueSettings.CloudKind;
import govcloud.node.catalogue.JsonFormReader;
import govcloud.node.catalogue.ShippedApps;
import govcloud.node.http.ProblemException;
import govcloud.node.vault.MemoryVault;
import govcloud.node.vault.PersonalData;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A case of the permit office whose applicant is a person. */
class SealedCasesTest {

  private static final String ID = "case/harbour/permits/c-1";
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final String FORM =
      """
      {"project_name":"占道施工","task_name":"占道许可","task_type":"licence",\
      "project_type":"promise","applyer_name":"王小明","applyer_type":"natural-person",\
      "contact_mobile":"13900000000"}""";

  private final Catalogue catalogue = ShippedApps.load(CloudKind.EXTRANET);
  private final Case rules = new Case(catalogue, new JsonFormReader());
  private final PersonalData personal = MemoryVault.personal();
  private final SealedCases cases = new SealedCases(personal, catalogue);
  private CaseState state = CaseState.VACANT;

  private static <T> T now(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static CaseCommand.Create create(String number) {
    return new CaseCommand.Create(
        "harbour",
        "permits",
        "administrative-approval",
        1,
        "999999-1",
        "占道施工",
        new Applicant("王小明", "person", "identity-card", number),
        FORM,
        Map.of(),
        Optional.empty());
  }

  private List<CaseEvent> accept(CaseCommand command, Actor actor) {
    var decision = rules.decide(state, command, new Context(NOON, actor));
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    var events = ((Decision.Accepted<CaseEvent>) decision).events();
    events.forEach(event -> state = rules.evolve(state, event));
    return events;
  }

  private List<CaseEvent> created() {
    var sealed = now(cases.seal(ID, create("999999199001010016"), true));
    return accept(sealed, new Actor("zhang", Actor.OPERATOR));
  }

  private void erase() {
    var subject = personal.subject("harbour", "999999199001010016");
    now(
        personal.destroy(
            "harbour", subject, now(personal.keyOf("harbour", subject)).orElseThrow()));
  }

  @Test
  void newCase_hasWhatIsPersonalSealed_inEventStateAndRow_andNothingElse() {
    var events = created();
    var row = new CaseView().after(Optional.empty(), ID, 1, commit(events));
    for (var text : List.of(events.toString(), state.toString(), row.toString())) {
      assertThat(text).doesNotContain("王小明", "999999199001010016", "13900000000");
    }
    assertThat(state.form()).contains("占道许可").contains("\"applyer_name\":\"sealed:1:p-");
    assertThat(SealedCases.isSealed(state)).isTrue();
  }

  private static govcloud.domain.Commit<CaseEvent> commit(List<CaseEvent> events) {
    return new govcloud.domain.Commit<>(NOON, Actor.platform(), "", "", events);
  }

  @Test
  void sealedCase_opened_saysWhatWasGiven() {
    var events = created();
    var opened = now(cases.open(ID, state));
    assertThat(opened.state().form()).isEqualTo(FORM);
    assertThat(opened.state().applicant()).isEqualTo(create("999999199001010016").applicant());
    assertThat(opened.unread()).isEmpty();
    assertThat(opened.subject()).contains(personal.subject("harbour", "999999199001010016"));
    assertThat(now(cases.openEvents("harbour", ID, events)).toString())
        .contains("王小明", "999999199001010016", "13900000000");
    var row = new CaseView().after(Optional.empty(), ID, 1, commit(events));
    assertThat(now(cases.openRows(List.of(row))).get(0).applicant()).isEqualTo("王小明");
  }

  @Test
  void sameCaseAskedAgain_isTheSame() {
    created();
    assertThat(accept(now(cases.seal(ID, create("999999199001010016"), true)), Actor.platform()))
        .isEmpty();
  }

  @Test
  void erasedPerson_isReadAsErased_andTheRestStays() {
    var events = created();
    erase();
    var opened = now(cases.open(ID, state));
    assertThat(opened.unread())
        .containsExactlyInAnyOrder(
            "applicant/name",
            "applicant/document_number",
            "form/applyer_name",
            "form/contact_mobile");
    assertThat(opened.unreadMembers()).containsExactly("applyer_name", "contact_mobile");
    assertThat(opened.state().applicant().name()).isEqualTo(PersonalData.ERASED);
    assertThat(opened.state().form()).contains("占道许可", PersonalData.ERASED);
    assertThat(now(cases.openEvents("harbour", ID, events)).toString())
        .doesNotContain("王小明")
        .contains(PersonalData.ERASED);
    assertThat(opened.state().status()).isEqualTo(state.status());
  }

  @Test
  void guard_seesTheApplicantsName_thoughItIsSealed() {
    created();
    var action = new CaseCommand.TakeAction("review", "", "", Map.of(), Optional.empty());
    var sealed = now(cases.seal(ID, state, Optional.empty(), action, true));
    assertThat(sealed.plain().orElseThrow().applicant().name()).isEqualTo("王小明");
    assertThat(state.applicant().name()).startsWith("sealed:1:");
  }

  @Test
  void actionsForm_isSealedToo() {
    created();
    var action =
        Optional.ofNullable(
            catalogue.find("administrative-approval", 1).orElseThrow().actions().get("complete"));
    var command =
        new CaseCommand.TakeAction(
            "complete", "{\"receiver\":\"王大明\"}", "", Map.of(), Optional.empty());
    var sealed = now(cases.seal(ID, state, action, command, true));
    assertThat(sealed.form()).doesNotContain("王大明").contains("sealed:1:");
    assertThat(sealed.plain().orElseThrow().actionForm()).contains("王大明");
  }

  @Test
  void caseFromBefore_isReadAsItWas() {
    accept(create("999999199001010016"), new Actor("zhang", Actor.OPERATOR));
    var opened = now(cases.open(ID, state));
    assertThat(opened.state()).isEqualTo(state);
    assertThat(opened.subject()).isEmpty();
  }

  @Test
  void sealedCase_whereThereIsNoVault_isReadAsSealed_andTakesNoAction() {
    created();
    var elsewhere = new SealedCases(PersonalData.none(), catalogue);
    assertThat(now(elsewhere.open(ID, state)).state().applicant().name())
        .isEqualTo(PersonalData.LOCKED);
    var action = new CaseCommand.TakeAction("accept", "", "", Map.of(), Optional.empty());
    assertThatThrownBy(() -> now(elsewhere.seal(ID, state, Optional.empty(), action, true)))
        .hasCauseInstanceOf(ProblemException.class)
        .hasMessageContaining("VAULT_UNAVAILABLE");
  }

  @Test
  void textThatLooksSealed_isRefused() {
    var forged = SealedForm.sealed("{\"task_name\":\"sealed:1:p-0\"}");
    assertThatThrownBy(() -> SealedForm.requireUnsealed(forged))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> cases.seal(ID, create("sealed:1:p-0"), true))
        .isInstanceOf(ProblemException.class);
  }
}
