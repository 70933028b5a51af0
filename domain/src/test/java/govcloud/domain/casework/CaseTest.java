package govcloud.domain.casework;

import static govcloud.domain.contract.CaseFixture.action;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.Refusal;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.CaseFixture;
import govcloud.domain.contract.TestCatalogue;
import govcloud.domain.contract.TestForms;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaseTest {

  private static final Actor CLERK = new Actor("zhang", "clerk");
  private static final Actor HEAD = new Actor("zhao", "head");
  private static final Actor IMPORTER = new Actor("li", Actor.IMPORTER);

  private final Case cases = new Case(new TestCatalogue(), new TestForms());

  @Test
  void none_create_beginsInStartState() {
    var state = after(cases.initial(), CaseFixture.CREATE, CLERK);
    assertThat(cases.status(state)).isEqualTo("received");
    assertThat(state.attributes().keySet()).containsExactly("org:group", "deadline");
    assertThat(cases.allowedActions(state, "clerk")).containsExactly("accept", "withdraw");
  }

  @Test
  void received_actionOfLaterState_namesThoseThatAreAllowed() {
    var refusal = refusal(created(), action("decide"), HEAD);
    assertThat(refusal.code()).isEqualTo(CaseRefusal.CASE_ACTION_NOT_ALLOWED.name());
    assertThat(refusal.details()).containsEntry("allowed_actions", "withdraw");
    assertThat(refusal.message())
        .isEqualTo("action: decide in state received as head (expected: withdraw)");
  }

  @Test
  void received_actionOfOtherRole_isForbidden() {
    var refusal = refusal(created(), action("accept"), HEAD);
    assertThat(refusal.code()).isEqualTo(CaseRefusal.CASE_ROLE_NOT_ALLOWED.name());
  }

  @Test
  void received_operatorAndImporter_mayDoWhatClerksMay() {
    for (var role : new String[] {Actor.OPERATOR, Actor.IMPORTER}) {
      assertThat(after(created(), action("accept"), new Actor("x", role)).status())
          .isEqualTo("accepted");
    }
  }

  @Test
  void accepted_guardDoesNotHold_isRefusedWithItsSentence() {
    var incomplete =
        after(cases.initial(), CaseFixture.create("{\"complete\":false}", Optional.empty()), CLERK);
    var accepted = after(incomplete, action("accept"), CLERK);
    var refusal = refusal(accepted, action("decide"), HEAD);
    assertThat(refusal.code()).isEqualTo(CaseRefusal.CASE_GUARD_NOT_MET.name());
    assertThat(refusal.details()).containsEntry("message_zh", "表单不完整");
  }

  @Test
  void accepted_guardCannotBeEvaluated_isRefusedWithReason() {
    var accepted =
        after(
            after(cases.initial(), CaseFixture.create("", Optional.empty()), CLERK),
            action("accept"),
            CLERK);
    var refusal = refusal(accepted, action("decide"), HEAD);
    assertThat(refusal.code()).isEqualTo(CaseRefusal.CASE_GUARD_FAILED.name());
    assertThat(refusal.details()).containsKey("error");
  }

  @Test
  void accepted_decide_isFinishedWithDocument() {
    var decided = after(after(created(), action("accept"), CLERK), action("decide"), HEAD);
    assertThat(decided.finished()).isTrue();
    assertThat(decided.documents()).containsOnlyKeys("decision");
    assertThat(decided.actions()).isEqualTo(2);
    assertThat(refusal(decided, new CaseCommand.Assign("zhang"), CLERK).code())
        .isEqualTo(CaseRefusal.CASE_FINISHED.name());
    assertThat(cases.allowedActions(decided, Actor.OPERATOR)).isEmpty();
  }

  @Test
  void materialWithContent_notedAgainWithoutIt_keepsIt() {
    var attached = after(created(), CaseFixture.material(Optional.of(CaseFixture.PLAN)), CLERK);
    var again =
        after(
            attached,
            new CaseCommand.RecordMaterial(
                "site plan", Material.Kind.ORIGINAL, true, true, Optional.empty()),
            CLERK);
    assertThat(again.materials().get("site plan").kind()).isEqualTo(Material.Kind.ORIGINAL);
    assertThat(again.materials().get("site plan").attachment()).contains(CaseFixture.PLAN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "..",
        "a/b.pdf",
        "a\\b.pdf",
        "a\u0000.pdf",
        "a\n.pdf",
        "\u202Efdp.exe",
        "cafe\u0301.pdf",
        "\ud800.pdf"
      })
  void fileName_notPlain_isRefused(String name) {
    var attachment = new Attachment("ab".repeat(32), "application/pdf", 3, name);
    assertThat(refusal(created(), CaseFixture.material(Optional.of(attachment)), CLERK).code())
        .isEqualTo(CaseRefusal.CASE_ATTACHMENT_INVALID.name());
  }

  @Test
  void fileName_ofTwoHundredCharacters_isTakenAndOneMoreIsNot() {
    var longest = new Attachment("ab".repeat(32), "text/plain", 1, "字".repeat(200));
    assertThat(after(created(), CaseFixture.material(Optional.of(longest)), CLERK).materials())
        .containsKey("site plan");
    var longer = new Attachment("ab".repeat(32), "text/plain", 1, "字".repeat(201));
    assertThat(refusal(created(), CaseFixture.material(Optional.of(longer)), CLERK).code())
        .isEqualTo(CaseRefusal.CASE_ATTACHMENT_INVALID.name());
  }

  @Test
  void originalTime_givenByImporter_isKept() {
    var state =
        after(cases.initial(), CaseFixture.create("{}", Optional.of(CaseFixture.PAST)), IMPORTER);
    assertThat(state.createdAt()).contains(CaseFixture.PAST);
  }

  @Test
  void originalTime_givenByClerk_isForbidden() {
    var early = CaseFixture.create("{}", Optional.of(CaseFixture.PAST));
    assertThat(refusal(cases.initial(), early, CLERK).code())
        .isEqualTo(CaseRefusal.CASE_TIME_NOT_ALLOWED.name());
  }

  @Test
  void originalTime_inTheFuture_isRefused() {
    var future = CaseFixture.create("{}", Optional.of(AggregateWalk.BEGIN.plusNanos(1)));
    assertThat(refusal(cases.initial(), future, IMPORTER).code())
        .isEqualTo(CaseRefusal.CASE_TIME_INVALID.name());
  }

  @Test
  void finished_deviation_isKept() {
    var withdrawn = after(created(), action("withdraw"), CLERK);
    var note =
        new CaseCommand.NoteDeviation(
            "T06", "not allowed in decided", Optional.of(CaseFixture.PAST), Map.of("b", "int:1"));
    var state = after(withdrawn, note, IMPORTER);
    assertThat(state.deviations()).isEqualTo(1);
    assertThat(state.status()).isEqualTo("decided");
    assertThat(state.updatedAt()).contains(AggregateWalk.BEGIN);
  }

  @Test
  void accepted_migrate_takesDeclaredState() {
    var accepted = after(created(), action("accept"), CLERK);
    var migrated = after(accepted, new CaseCommand.Migrate(2), Actor.platform());
    assertThat(migrated.status()).isEqualTo("examined");
    assertThat(migrated.version()).isEqualTo(2);
    assertThat(refusal(accepted, new CaseCommand.Migrate(3), Actor.platform()).code())
        .isEqualTo(CaseRefusal.CASE_MIGRATION_NOT_DECLARED.name());
  }

  @Test
  void appGoneFromCatalogue_anything_isRefusedAndStillReadable() {
    var elsewhere =
        cases.evolve(
            cases.initial(),
            new CaseEvent.Created(
                "harbour",
                "permits",
                "gone",
                1,
                "1",
                "t",
                Applicant.NONE,
                "",
                Map.of(),
                "anything",
                false,
                "somebody",
                AggregateWalk.BEGIN));
    assertThat(cases.status(elsewhere)).isEqualTo("anything");
    assertThat(refusal(elsewhere, new CaseCommand.Comment("x"), CLERK).code())
        .isEqualTo(CaseRefusal.CASE_DEFINITION_UNKNOWN.name());
  }

  private CaseState created() {
    return after(cases.initial(), CaseFixture.CREATE, CLERK);
  }

  private CaseState after(CaseState state, CaseCommand command, Actor actor) {
    var decision = cases.decide(state, command, new Context(AggregateWalk.BEGIN, actor));
    assertThat(decision).isInstanceOf(Decision.Accepted.class);
    var next = state;
    for (var event : ((Decision.Accepted<CaseEvent>) decision).events()) {
      next = cases.evolve(next, event);
    }
    return next;
  }

  private Refusal refusal(CaseState state, CaseCommand command, Actor actor) {
    var decision = cases.decide(state, command, new Context(AggregateWalk.BEGIN, actor));
    return ((Decision.Refused<CaseEvent>) decision).refusal();
  }
}
