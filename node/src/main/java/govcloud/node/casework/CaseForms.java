package govcloud.node.casework;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.domain.Refusal;
import govcloud.domain.casework.CaseRefusal;
import govcloud.domain.casework.CaseState;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import govcloud.node.catalogue.FormError;
import govcloud.node.catalogue.FormValidator;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Holds forms against the schemas of the definition that a case follows. */
final class CaseForms {

  /** A case changes its definition only by migration, which the case itself checks again. */
  private static final Duration AGE = Duration.ofSeconds(30);

  private static final int REMEMBERED = 100_000;

  private final Catalogue catalogue;
  private final FormValidator validator;
  private final Entities entities;
  private final Cache<String, Followed> followed =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(AGE).build();

  private record Followed(String definition, int version, boolean sealed) {}

  /**
   * An action whose form fits.
   *
   * @param action none: the process does not know it, which is for the case to say
   * @param sealed whether anything of the case is sealed
   */
  record Fitting(Optional<AppDefinition.Action> action, boolean sealed) {}

  CaseForms(Catalogue catalogue, FormValidator validator, Entities entities) {
    this.catalogue = catalogue;
    this.validator = validator;
    this.entities = entities;
  }

  /** Fails with every wrong place of a new case's form. */
  void requireCaseForm(String name, int version, JsonNode form) {
    catalogue
        .find(name, version)
        .ifPresent(definition -> requireNone(validator.validateCase(definition, form.toString())));
  }

  /** Remembers what a case follows, to save a question later. */
  void remember(String entityId, CaseState state) {
    if (state.exists()) {
      followed.put(entityId, followed(state));
    }
  }

  /**
   * Fails with every wrong place of the form that comes with an action. What the process thinks of
   * the action is for the case to say.
   */
  CompletionStage<Fitting> requireActionForm(String entityId, String action, JsonNode form) {
    return follows(entityId)
        .thenApply(
            case_ -> {
              var found = action(case_, action);
              found.ifPresent(
                  known ->
                      requireNone(
                          validator.validateAction(
                              known, form.isMissingNode() ? "" : form.toString())));
              return new Fitting(found, case_.sealed());
            });
  }

  private Optional<AppDefinition.Action> action(Followed case_, String action) {
    return catalogue
        .find(case_.definition(), case_.version())
        .map(definition -> definition.actions().get(action));
  }

  private CompletionStage<Followed> follows(String entityId) {
    var known = followed.getIfPresent(entityId);
    if (known != null) {
      return CompletableFuture.completedStage(known);
    }
    return entities
        .<CaseState>read(entityId)
        .thenApply(
            answer -> {
              if (!answer.exists()) {
                throw Problem.of(
                        Refusal.of(
                            CaseRefusal.CASE_NOT_FOUND,
                            entityId + ": no case (expected: created before)"))
                    .asException();
              }
              remember(entityId, answer.state());
              return followed(answer.state());
            });
  }

  private static Followed followed(CaseState state) {
    return new Followed(state.definition(), state.version(), SealedCases.isSealed(state));
  }

  private static void requireNone(List<FormError> errors) {
    if (!errors.isEmpty()) {
      var first = errors.get(0);
      throw Problem.of(BorderCode.FORM_INVALID, "/form" + first.pointer() + ": " + first.detail())
          .at(
              errors.stream()
                  .map(e -> new Problem.Located("/form" + e.pointer(), e.detail()))
                  .toList())
          .asException();
    }
  }
}
