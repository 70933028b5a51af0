package govcloud.node.reaction;

import govcloud.domain.app.AppInstanceCommand;
import govcloud.domain.app.AppInstanceState;
import govcloud.domain.app.AppInstanceState.Status;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.journal.HybridClock;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.eventsourcing.Request;
import govcloud.node.projection.EntityIds;
import govcloud.node.vault.PersonalData;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out steps. Fails when an entity cannot be asked, so that the steps are tried again. */
public final class Steps {

  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  private static final String OPERATION = "operation/";

  private final Entities entities;
  private final Catalogue catalogue;
  private final HybridClock hybridClock;
  private final CaseMigration migration;
  private final PersonalData personal;

  /** Steps of a node. */
  public Steps(
      Entities entities,
      Catalogue catalogue,
      HybridClock hybridClock,
      CaseMigration migration,
      PersonalData personal) {
    this.entities = entities;
    this.catalogue = catalogue;
    this.hybridClock = hybridClock;
    this.migration = migration;
    this.personal = personal;
  }

  /**
   * Carries out steps in order.
   *
   * @param cause position of the record that they follow from
   * @param causedAt reading of its hybrid clock
   */
  CompletionStage<?> run(List<Step> steps, String cause, long causedAt) {
    if (!steps.isEmpty()) {
      hybridClock.next(causedAt);
    }
    CompletionStage<?> done = CompletableFuture.completedFuture(null);
    for (int number = 0; number < steps.size(); number++) {
      Step step = steps.get(number);
      String key = cause + "-" + number;
      done = done.thenCompose(before -> run(step, cause, causedAt, key));
    }
    return done;
  }

  private CompletionStage<?> run(Step step, String cause, long causedAt, String key) {
    if (step instanceof Step.Ask ask) {
      return ask(ask, cause, key);
    } else if (step instanceof Step.Provision provision) {
      return provision(provision, cause, key);
    } else if (step instanceof Step.MigrateCases migrate) {
      return migration.run(migrate.appId(), migrate.operation(), cause);
    } else if (step instanceof Step.DestroyKey destroy) {
      return destroy(destroy);
    } else if (step instanceof Step.GiveUp giveUp) {
      return this.<OperationState>read(giveUp.operationId())
          .thenCompose(
              answer -> run(Consequences.givenUp(answer.state(), giveUp.reason()), key, causedAt));
    } else if (step instanceof Step.Resume resume) {
      return this.<OperationState>read(resume.operationId())
          .thenCompose(
              answer ->
                  run(Consequences.resumed(resume.operationId(), answer.state()), key, causedAt));
    }
    throw new IllegalStateException("no way to carry out " + step.getClass().getName());
  }

  private CompletionStage<?> destroy(Step.DestroyKey step) {
    var tenant = EntityIds.part(step.subjectId(), 1);
    return personal.seals()
        ? personal.destroy(tenant, EntityIds.part(step.subjectId(), 2), step.key())
        : CompletableFuture.completedFuture(null);
  }

  private CompletionStage<?> provision(Step.Provision step, String cause, String key) {
    return this.<AppInstanceState>read(step.appId())
        .thenCompose(
            answer -> {
              Step.Ask ask = provision(step, answer.state());
              return ask.entityId().equals(OPERATION)
                  ? CompletableFuture.completedFuture(null)
                  : ask(ask, cause, key);
            });
  }

  private Step.Ask provision(Step.Provision step, AppInstanceState app) {
    String operation = OPERATION + step.operation();
    if (app.status() == Status.RUNNING || app.status() == Status.SUSPENDED) {
      return Step.Ask.byPlatform(operation, new OperationCommand.Succeed(step.appId()));
    } else if (app.status() != Status.PROVISIONING) {
      String found = app.status().name().toLowerCase(Locale.ROOT);
      return Step.Ask.byPlatform(
          operation,
          new OperationCommand.Fail("app: " + found + " (expected: provisioning)", false));
    } else if (catalogue.find(app.definition(), app.version()).isPresent()) {
      return Step.Ask.byPlatform(step.appId(), new AppInstanceCommand.CompleteProvisioning());
    }
    return Step.Ask.byPlatform(
        step.appId(),
        new AppInstanceCommand.FailProvisioning(
            "definition: %s %d (expected: in the catalogue)"
                .formatted(app.definition(), app.version())));
  }

  private <S> CompletionStage<Answer<S>> read(String entityId) {
    return entities.read(entityId);
  }

  private CompletionStage<?> ask(Step.Ask step, String cause, String key) {
    String idempotencyKey = "reaction:" + key;
    Request<Object> request =
        Request.of(step.command(), step.actor())
            .withKey(idempotencyKey, idempotencyKey)
            .tracedBy(cause);
    return entities
        .<Object>ask(step.entityId(), request)
        .handle(
            (answer, failure) -> {
              settle(step, cause, answer, failure);
              return null;
            });
  }

  /** A damaged entity cannot be helped by trying again, and must not hold up the others. */
  private static void settle(Step.Ask step, String cause, Answer<?> answer, Throwable failure) {
    Throwable reason =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (reason instanceof EntityFailure.Damaged) {
      LOG.error("after {}: {} is damaged, left out {}", cause, step.entityId(), step.command());
    } else if (reason != null) {
      throw new CompletionException(reason);
    } else if (!answer.accepted()) {
      LOG.info(
          "after {}: {} settled otherwise: {}", cause, step.entityId(), answer.refusal().message());
    }
  }
}
