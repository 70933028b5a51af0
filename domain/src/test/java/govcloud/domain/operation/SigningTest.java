package govcloud.domain.operation;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.OperationFixture;
import govcloud.domain.identity.Roles;
import govcloud.domain.operation.OperationState.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A dangerous command begins when two people have signed it, and in no other way. */
class SigningTest {

  private static final Instant NOW = AggregateWalk.BEGIN;
  private static final Actor WANG = new Actor("wang", Actor.OPERATOR);
  private static final Actor LI = new Actor("li", Roles.SYSTEM);

  private final Operation operation = new Operation();
  private OperationState state = operation.initial();

  private Decision<OperationEvent> decide(OperationCommand command, Actor actor, Instant now) {
    var decision = operation.decide(state, command, new Context(now, actor));
    if (decision instanceof Decision.Accepted<OperationEvent> accepted) {
      accepted.events().forEach(event -> state = operation.evolve(state, event));
    }
    return decision;
  }

  private String refused(OperationCommand command, Actor actor) {
    return decide(command, actor, NOW) instanceof Decision.Refused<OperationEvent> no
        ? no.refusal().code()
        : "accepted";
  }

  private void ask() {
    decide(OperationFixture.DANGEROUS, WANG, NOW);
    decide(new OperationCommand.AwaitApproval(OperationFixture.DANGEROUS.deadline()), WANG, NOW);
  }

  @Test
  void twoPeople_sign_beginsWithTheSecond() {
    ask();
    decide(OperationFixture.signs("wang"), WANG, NOW);
    assertThat(state.status()).isEqualTo(Status.WAITING_APPROVAL);
    decide(OperationFixture.signs("li"), LI, NOW);
    assertThat(state.status()).isEqualTo(Status.RUNNING);
    assertThat(state.signatures())
        .extracting(one -> one.signature().person())
        .containsExactly("wang", "li");
    assertThat(refused(OperationFixture.signs("li"), LI)).isEqualTo("APPROVAL_NOT_AWAITED");
  }

  @Test
  void samePersonTwice_inWhateverRole_isRefused() {
    ask();
    decide(OperationFixture.signs("wang"), WANG, NOW);
    assertThat(refused(OperationFixture.signs("wang"), new Actor("wang", Roles.SYSTEM)))
        .isEqualTo("APPROVAL_OWN");
    assertThat(state.status()).isEqualTo(Status.WAITING_APPROVAL);
  }

  @Test
  void otherRoles_orForSomebodyElse_orThroughAProgram_areRefused() {
    ask();
    for (var actor :
        List.of(
            new Actor("li", Roles.AUDIT),
            new Actor("li", Actor.PLATFORM),
            new Actor("zhao", Roles.SYSTEM),
            LI.through("importer-1"))) {
      assertThat(refused(OperationFixture.signs("li"), actor)).isEqualTo("APPROVAL_ROLE_WRONG");
    }
  }

  @Test
  void erasure_isSignedByPeopleOfDifferentDuties() {
    var open =
        new OperationCommand.Open(
            DangerousCommand.ERASE_SUBJECT.kind(),
            "subject/harbour/p-1/other-law",
            "",
            List.of(),
            OperationFixture.DANGEROUS.deadline());
    decide(open, WANG, NOW);
    decide(new OperationCommand.AwaitApproval(open.deadline()), WANG, NOW);
    decide(OperationFixture.signs("wang"), WANG, NOW);
    assertThat(refused(OperationFixture.signs("he"), new Actor("he", Actor.OPERATOR)))
        .isEqualTo("APPROVAL_SAME_DUTY");
    assertThat(state.status()).isEqualTo(Status.WAITING_APPROVAL);
    assertThat(refused(OperationFixture.signs("sun"), new Actor("sun", Roles.SECURITY)))
        .isEqualTo("accepted");
    assertThat(state.status()).isEqualTo(Status.RUNNING);
    assertThat(state.signatures())
        .extracting(OperationEvent.Signed::role)
        .containsExactly(Actor.OPERATOR, Roles.SECURITY);
  }

  @Test
  void withoutBoth_nothingBegins() {
    decide(OperationFixture.DANGEROUS, WANG, NOW);
    var start = new OperationCommand.Start(NOW.plusSeconds(60));
    assertThat(refused(start, Actor.platform())).isEqualTo("APPROVALS_MISSING");
    decide(new OperationCommand.AwaitApproval(OperationFixture.DANGEROUS.deadline()), WANG, NOW);
    decide(OperationFixture.signs("wang"), WANG, NOW);
    assertThat(refused(start, Actor.platform())).isEqualTo("APPROVALS_MISSING");
    decide(new OperationCommand.Fail("node lost", true), Actor.platform(), NOW);
    assertThat(refused(new OperationCommand.Retry(), WANG)).isEqualTo("APPROVALS_MISSING");
  }

  @Test
  void anotherText_orTooLate_orWithdrawn_isRefused() {
    ask();
    decide(OperationFixture.signs("wang"), WANG, NOW);
    var other =
        new OperationCommand.Sign(
            new CommandSignature("delete cuts/13", "li", "a", "b", "c", "d", "e"), NOW);
    assertThat(refused(other, LI)).isEqualTo("APPROVAL_OTHER_COMMAND");
    var late = decide(OperationFixture.signs("li"), LI, OperationFixture.DANGEROUS.deadline());
    assertThat(((Decision.Refused<OperationEvent>) late).refusal().code())
        .isEqualTo("APPROVAL_NOT_AWAITED");
    decide(new OperationCommand.Cancel("not wanted"), WANG, NOW);
    assertThat(refused(OperationFixture.signs("li"), LI)).isEqualTo("APPROVAL_NOT_AWAITED");
  }

  @Test
  void operationOfAnotherKind_isNotSigned() {
    decide(OperationFixture.OPEN, WANG, NOW);
    decide(new OperationCommand.AwaitApproval(OperationFixture.OPEN.deadline()), WANG, NOW);
    assertThat(refused(OperationFixture.signs("wang"), WANG)).isEqualTo("APPROVAL_NOT_AWAITED");
    assertThat(refused(new OperationCommand.Start(NOW.plusSeconds(60)), Actor.platform()))
        .isEqualTo("accepted");
  }

  @Test
  void text_saysEverythingThatDiffers_lineByLine() {
    ask();
    assertThat(CommandText.of("harbour", "deletion-4be1", state))
        .isEqualTo(
            """
            govcloud command 1
            cloud: harbour
            operation: deletion-4be1
            command: replication.delete-cuts
            subject: cuts/12
            asked by: wang
            asked at: 2026-03-02T01:15:27.113456789Z
            """);
  }
}
