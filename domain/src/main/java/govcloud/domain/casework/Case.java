package govcloud.domain.casework;

import govcloud.domain.Actor;
import govcloud.domain.Aggregate;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One matter that a department works on, by the process of one version of a rented app.
 *
 * <p>Decisions look the version up in the catalogue; what has happened is understood without it, so
 * that a case can be read even where its app is gone.
 */
public final class Case implements Aggregate<CaseCommand, CaseEvent, CaseState> {

  /** The status of a case that is not there. */
  public static final String NONE = "none";

  private final Catalogue catalogue;
  private final FormReader forms;

  /** Rules that look definitions up in {@code catalogue} and read forms with {@code forms}. */
  public Case(Catalogue catalogue, FormReader forms) {
    this.catalogue = catalogue;
    this.forms = forms;
  }

  @Override
  public String type() {
    return "case";
  }

  @Override
  public String status(CaseState state) {
    return state.exists() ? state.status() : NONE;
  }

  @Override
  public CaseState initial() {
    return CaseState.VACANT;
  }

  /**
   * Names of the actions that the process allows to a role now, sorted; their guards are not asked,
   * as they may depend on what comes with the action.
   */
  public List<String> allowedActions(CaseState state, String role) {
    return definition(state)
        .map(definition -> new Rules(definition, forms).allowed(state.status(), role))
        .orElse(List.of());
  }

  @Override
  public Decision<CaseEvent> decide(CaseState state, CaseCommand command, Context context) {
    if (command instanceof CaseCommand.Create c) {
      return create(state, c, context);
    }
    if (!state.exists()) {
      return Decision.refuse(CaseRefusal.CASE_NOT_FOUND, "case: none (expected: created before)");
    }
    var definition = definition(state);
    if (definition.isEmpty()) {
      return CaseFaults.unknown(state.definition(), state.version());
    }
    var rules = new Rules(definition.get(), forms);
    var role = context.actor().role();
    if (!rules.mayWork(role)) {
      return CaseFaults.wrongRole(role, definition.get());
    }
    if (command instanceof CaseCommand.TakeAction c) {
      return act(state, c, context, definition.get());
    } else if (command instanceof CaseCommand.Comment c) {
      return CaseFaults.textFault("text", c.text(), CaseFaults.LONGEST_TEXT)
          .orElseGet(() -> Decision.accept(new CaseEvent.Commented(c.text(), context.now())));
    } else if (command instanceof CaseCommand.Assign c) {
      return assign(state, c, context);
    } else if (command instanceof CaseCommand.RecordMaterial c) {
      return material(state, c, context);
    } else if (command instanceof CaseCommand.NoteDeviation c) {
      return deviate(c, context);
    } else if (command instanceof CaseCommand.Migrate c) {
      return migrate(state, c, context);
    }
    throw new IllegalStateException("no rule for " + command.getClass().getName());
  }

  private Optional<AppDefinition> definition(CaseState state) {
    return catalogue.find(state.definition(), state.version());
  }

  private Decision<CaseEvent> create(CaseState state, CaseCommand.Create c, Context context) {
    if (state.exists()) {
      return state.isAsIn(c)
          ? Decision.accept()
          : Decision.refuse(
              CaseRefusal.CASE_ALREADY_EXISTS,
              "case: "
                  + state.number()
                  + " with other content (expected: the same content, or a"
                  + " vacant identifier)");
    }
    var found = catalogue.find(c.definition(), c.version());
    if (found.isEmpty()) {
      return CaseFaults.unknown(c.definition(), c.version());
    }
    var definition = found.get();
    var rules = new Rules(definition, forms);
    var actor = context.actor();
    if (!rules.may(actor.role(), definition.creation().roles())) {
      return CaseFaults.wrongRole(actor.role(), definition);
    }
    var plain = c.plain().orElseGet(() -> new Plaintext(c.applicant(), c.form(), ""));
    var form = rules.read(plain.form());
    return CaseFaults.timeFault(c.occurredAt(), context)
        .or(() -> CaseFaults.textFault("number", c.number(), CaseFaults.LONGEST_TITLE))
        .or(() -> CaseFaults.textFault("title", c.title(), CaseFaults.LONGEST_TITLE))
        .or(() -> CaseFaults.formFault(form))
        .or(
            () ->
                rules.guardFault(
                    definition.creation().guards(),
                    Rules.variables(
                        form.values(),
                        Map.of(),
                        definition.startState(),
                        actor,
                        plain.applicant(),
                        Doers.openedBy(actor.person()))))
        .orElseGet(() -> created(c, definition, actor, c.occurredAt().orElse(context.now())));
  }

  private Decision<CaseEvent> created(
      CaseCommand.Create c, AppDefinition definition, Actor actor, Instant at) {
    var events = new ArrayList<CaseEvent>();
    events.add(
        new CaseEvent.Created(
            c.tenant(),
            c.app(),
            c.definition(),
            c.version(),
            c.number(),
            c.title(),
            c.applicant(),
            c.form(),
            c.attributes(),
            definition.startState(),
            isFinal(definition, definition.startState()),
            actor.person(),
            at));
    events.addAll(new Clocks(definition, catalogue.calendar()).atCreation(at));
    return new Decision.Accepted<>(events);
  }

  private Decision<CaseEvent> act(
      CaseState state, CaseCommand.TakeAction c, Context context, AppDefinition definition) {
    var rules = new Rules(definition, forms);
    var actor = context.actor();
    var early =
        rules
            .processFault(state, c.action(), actor.role())
            .or(() -> CaseFaults.timeFault(c.occurredAt(), context))
            .or(() -> CaseFaults.lengthFault("comment", c.comment(), CaseFaults.LONGEST_TEXT));
    if (early.isPresent()) {
      return early.get();
    }
    var action = definition.actions().get(c.action());
    var plain = c.plain().orElseGet(() -> new Plaintext(state.applicant(), state.form(), c.form()));
    var form = rules.read(plain.form());
    var actionForm = rules.read(plain.actionForm());
    var unreadable = CaseFaults.formFault(form).or(() -> CaseFaults.formFault(actionForm));
    if (unreadable.isPresent()) {
      return unreadable.get();
    }
    var extensions = rules.extensions(action, actionForm.values(), state.clocks());
    if (!extensions.fault().isEmpty()) {
      return Decision.refuse(CaseRefusal.CASE_EXTENSION_INVALID, extensions.fault());
    }
    var variables =
        Rules.variables(
            form.values(),
            actionForm.values(),
            state.status(),
            actor,
            plain.applicant(),
            state.doers());
    return rules
        .guardFault(action.guards(), variables)
        .orElseGet(() -> acted(state, c, definition, extensions.days(), context));
  }

  private Decision<CaseEvent> acted(
      CaseState state,
      CaseCommand.TakeAction c,
      AppDefinition definition,
      Map<String, Integer> extensions,
      Context context) {
    var action = definition.actions().get(c.action());
    var at = c.occurredAt().orElse(context.now());
    var next = action.stateAfter(state.status());
    var finished = isFinal(definition, next);
    var taken =
        new CaseEvent.ActionTaken(
            c.action(),
            state.status(),
            next,
            finished,
            c.form(),
            c.comment(),
            action.produces().stream().map(AppDefinition.Document::name).toList(),
            c.attributes(),
            context.actor().person(),
            at);
    var clocks = new Clocks(definition, catalogue.calendar());
    var events = new ArrayList<CaseEvent>();
    events.add(taken);
    events.addAll(clocks.atAction(action, extensions, state.clocks(), at));
    if (finished) {
      events.addAll(clocks.atEnd(after(state, events).clocks(), at));
    }
    return new Decision.Accepted<>(events);
  }

  private static Decision<CaseEvent> assign(
      CaseState state, CaseCommand.Assign c, Context context) {
    if (c.assignee().equals(state.assignee())) {
      return Decision.accept();
    }
    if (state.finished()) {
      return Decision.refuse(
          CaseRefusal.CASE_FINISHED, "case: " + state.status() + " (expected: not finished)");
    }
    return CaseFaults.lengthFault("assignee", c.assignee(), CaseFaults.LONGEST_TITLE)
        .orElseGet(() -> Decision.accept(new CaseEvent.Assigned(c.assignee(), context.now())));
  }

  private static Decision<CaseEvent> material(
      CaseState state, CaseCommand.RecordMaterial c, Context context) {
    var before = Optional.ofNullable(state.materials().get(c.name()));
    var attachment = c.attachment().or(() -> before.flatMap(Material::attachment));
    var material = new Material(c.name(), c.kind(), c.required(), c.received(), attachment);
    if (before.filter(material::equals).isPresent()) {
      return Decision.accept();
    }
    return CaseFaults.textFault("name", c.name(), CaseFaults.LONGEST_TITLE)
        .or(() -> c.attachment().flatMap(AttachmentFaults::fault))
        .orElseGet(() -> Decision.accept(new CaseEvent.MaterialRecorded(material, context.now())));
  }

  private static Decision<CaseEvent> deviate(CaseCommand.NoteDeviation c, Context context) {
    var at = c.occurredAt().orElse(context.now());
    return CaseFaults.timeFault(c.occurredAt(), context)
        .or(() -> CaseFaults.textFault("activity", c.activity(), CaseFaults.LONGEST_TEXT))
        .or(() -> CaseFaults.textFault("reason", c.reason(), CaseFaults.LONGEST_TEXT))
        .orElseGet(
            () ->
                Decision.accept(
                    new CaseEvent.DeviationNoted(c.activity(), c.reason(), c.attributes(), at)));
  }

  private Decision<CaseEvent> migrate(CaseState state, CaseCommand.Migrate c, Context context) {
    var role = context.actor().role();
    if (!List.of(Actor.OPERATOR, Actor.PLATFORM).contains(role)) {
      return Decision.refuse(
          CaseRefusal.CASE_ROLE_NOT_ALLOWED, "role: " + role + " (expected: operator or platform)");
    }
    if (c.version() == state.version()) {
      return Decision.accept();
    }
    if (c.version() < state.version()) {
      return Decision.refuse(
          CaseRefusal.CASE_MIGRATION_NOT_NEWER,
          "version: " + c.version() + " (expected: > " + state.version() + ")");
    }
    var target = catalogue.find(state.definition(), c.version());
    if (target.isEmpty()) {
      return CaseFaults.unknown(state.definition(), c.version());
    }
    return migrated(state, target.get(), context.now());
  }

  private Decision<CaseEvent> migrated(CaseState state, AppDefinition target, Instant at) {
    var version = target.version();
    var next = target.migrations().getOrDefault(state.version(), Map.of()).get(state.status());
    if (next == null) {
      return Decision.refuse(
          CaseRefusal.CASE_MIGRATION_NOT_DECLARED,
          "state: "
              + state.status()
              + " of version "
              + state.version()
              + " (expected: a state that version "
              + version
              + " has a mapping for)");
    }
    var finished = isFinal(target, next);
    var events = new ArrayList<CaseEvent>();
    events.add(
        new CaseEvent.Migrated(state.version(), version, state.status(), next, finished, at));
    if (finished) {
      events.addAll(new Clocks(target, catalogue.calendar()).atEnd(state.clocks(), at));
    }
    return new Decision.Accepted<>(events);
  }

  private static boolean isFinal(AppDefinition definition, String state) {
    return Optional.ofNullable(definition.states().get(state))
        .map(AppDefinition.State::isFinal)
        .orElse(false);
  }

  private static CaseState after(CaseState state, List<CaseEvent> events) {
    var next = state;
    for (var event : events) {
      next = CaseEvolution.after(next, event);
    }
    return next;
  }

  @Override
  public CaseState evolve(CaseState state, CaseEvent event) {
    return CaseEvolution.after(state, event);
  }
}
