package govcloud.node.subject;

import govcloud.domain.Actor;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.subject.LegalBasis;
import govcloud.domain.subject.SubjectCommand;
import govcloud.domain.subject.SubjectState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Commands;
import govcloud.node.http.Problem;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import govcloud.node.vault.PersonalData;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Erases the data of a person by destroying the key. The tombstone comes first: what is in the log
 * is carried out whatever becomes of this node.
 */
public final class Erasures implements ApprovedWork {

  private final Entities entities;
  private final PersonalData personal;
  private final ApprovalRequests requests;

  /** Erasures of a cloud. */
  public Erasures(Entities entities, PersonalData personal, InstantSource clock) {
    this.entities = entities;
    this.personal = personal;
    this.requests = new ApprovalRequests(entities, clock);
  }

  /** Whose data, and why; as it is signed. */
  private record Erasure(String tenant, String subject, LegalBasis basis) {

    static Erasure of(String signed) {
      var parts = signed.split("/", -1);
      return new Erasure(parts[1], parts[2], LegalBasis.of(parts[3]).orElseThrow());
    }

    String signed() {
      return entity() + "/" + basis.word();
    }

    String entity() {
      return id(tenant, subject);
    }
  }

  /** The entity of a data subject. */
  static String id(String tenant, String subject) {
    return "subject/" + tenant + "/" + subject;
  }

  /** Asks for it; completes with the operation, or fails with a problem. */
  CompletionStage<String> request(
      String operation,
      String tenant,
      String subject,
      LegalBasis basis,
      Actor actor,
      boolean dryRun) {
    return requests.request(
        operation,
        DangerousCommand.ERASE_SUBJECT,
        new Erasure(tenant, subject, basis).signed(),
        this,
        actor,
        dryRun);
  }

  @Override
  public CompletionStage<?> check(String subject, Actor actor) {
    var erasure = Erasure.of(subject);
    return key(erasure).thenCompose(key -> erase(erasure, key, "check", actor, true));
  }

  @Override
  public CompletionStage<?> begin(String operation, String subject, Actor actor) {
    var erasure = Erasure.of(subject);
    return entities
        .<SubjectState>read(erasure.entity())
        .thenCompose(answer -> keyOf(answer.state(), operation, erasure))
        .thenCompose(
            key ->
                erase(erasure, key, operation, actor, false)
                    .thenCompose(
                        erased -> personal.destroy(erasure.tenant(), erasure.subject(), key)))
        .<Object>thenCompose(
            done -> ApprovalRequests.succeed(entities, operation, "erased").thenApply(end -> end))
        .exceptionallyCompose(failure -> ApprovalRequests.failed(entities, operation, failure));
  }

  /** The key that this operation has erased before, or the one that there is. */
  private CompletionStage<String> keyOf(SubjectState state, String operation, Erasure erasure) {
    return state.erasures().stream()
        .filter(one -> one.operation().equals(operation))
        .findFirst()
        .<CompletionStage<String>>map(one -> CompletableFuture.completedStage(one.key()))
        .orElseGet(() -> key(erasure));
  }

  private CompletionStage<String> key(Erasure erasure) {
    requireVault();
    return personal
        .keyOf(erasure.tenant(), erasure.subject())
        .thenApply(
            key ->
                key.orElseThrow(
                    () ->
                        Problem.of(
                                BorderCode.NOT_FOUND,
                                erasure.entity() + ": no key (expected: data that can be read)")
                            .asException()));
  }

  void requireVault() {
    if (!personal.seals()) {
      throw Problem.of(
              BorderCode.VAULT_OFF, "vault: none (expected: a key made by govcloud keys vault)")
          .asException();
    }
  }

  private CompletionStage<Answer<SubjectState>> erase(
      Erasure erasure, String key, String operation, Actor actor, boolean dry) {
    var command = new SubjectCommand.Erase(key, erasure.basis(), operation);
    return entities
        .<SubjectState>ask(erasure.entity(), Request.of(command, actor).dryRun(dry))
        .thenApply(Commands::accepted);
  }
}
