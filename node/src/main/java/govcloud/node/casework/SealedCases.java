package govcloud.node.casework;

import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.CaseCommand;
import govcloud.domain.casework.CaseEvent;
import govcloud.domain.casework.CaseState;
import govcloud.domain.casework.Plaintext;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import govcloud.node.catalogue.PersonalMembers;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.vault.Opener;
import govcloud.node.vault.Opener.Outcome;
import govcloud.node.vault.PersonalData;
import govcloud.node.vault.Sealer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Cases whose personal parts are sealed with the key of the applicant: name and number of the
 * applicant's document, and the members of forms that their schemas mark. Events, states and views
 * have the sealed form alone.
 */
public final class SealedCases {

  private static final String NAME = "applicant/name";
  private static final String DOCUMENT = "applicant/document_number";
  private static final String FORM = "form/";

  private final PersonalData personal;
  private final Catalogue catalogue;
  private final PersonalMembers marks = new PersonalMembers();

  /** Sealed cases of a cloud. */
  public SealedCases(PersonalData personal, Catalogue catalogue) {
    this.personal = personal;
    this.catalogue = catalogue;
  }

  /**
   * A case as it may be read.
   *
   * @param unread places of the values that are erased, or locked
   * @param subject pseudonym of the person whose data are sealed in it; none: nothing is
   */
  public record Opened(CaseState state, List<String> unread, Optional<String> subject) {
    /** Keeps the places. */
    public Opened {
      unread = List.copyOf(unread);
    }

    /** Members of the case form that cannot be read. */
    public List<String> unreadMembers() {
      return unread.stream()
          .filter(place -> place.startsWith(FORM))
          .map(place -> place.substring(FORM.length()))
          .toList();
    }
  }

  /** Whether anything of a case is sealed. */
  static boolean isSealed(CaseState state) {
    return sealed(state.applicant(), state.form()).findAny().isPresent();
  }

  private static Stream<String> sealed(Applicant applicant, String form) {
    return Stream.concat(
        Stream.of(applicant.name(), applicant.documentNumber()).filter(PersonalData::isSealed),
        SealedForm.sealed(form));
  }

  /** Opens a case. */
  public CompletionStage<Opened> open(String entityId, CaseState state) {
    return personal
        .opener(state.tenant(), sealed(state.applicant(), state.form()))
        .thenApply(opener -> open(entityId, state, opener));
  }

  private static Opened open(String entityId, CaseState state, Opener opener) {
    var unread = new ArrayList<String>();
    var applicant = open(entityId, state.applicant(), opener, unread::add);
    var form = SealedForm.open(state.form(), entityId, FORM, opener, unread::add);
    return new Opened(state.opened(applicant, form), unread, subject(state));
  }

  private static Optional<String> subject(CaseState state) {
    return sealed(state.applicant(), state.form())
        .flatMap(text -> PersonalData.subjectOf(text).stream())
        .findFirst();
  }

  private static Applicant open(
      String entityId, Applicant applicant, Opener opener, Consumer<String> unread) {
    return new Applicant(
        open(entityId, NAME, applicant.name(), opener, unread),
        applicant.kind(),
        applicant.documentKind(),
        open(entityId, DOCUMENT, applicant.documentNumber(), opener, unread));
  }

  private static String open(
      String entityId, String place, String text, Opener opener, Consumer<String> unread) {
    var opened = opener.open(entityId, place, text);
    if (opened.outcome() != Outcome.READABLE) {
      unread.accept(place);
    }
    return opened.text();
  }

  /** Opens events of a case. */
  CompletionStage<List<Object>> openEvents(String tenant, String entityId, List<?> events) {
    return personal
        .opener(tenant, events.stream().flatMap(SealedCases::sealed))
        .thenApply(
            opener ->
                events.stream().<Object>map(event -> openEvent(entityId, event, opener)).toList());
  }

  private static Stream<String> sealed(Object event) {
    if (event instanceof CaseEvent.Created e) {
      return sealed(e.applicant(), e.form());
    }
    return event instanceof CaseEvent.ActionTaken e ? SealedForm.sealed(e.form()) : Stream.empty();
  }

  private static Object openEvent(String entityId, Object event, Opener opener) {
    if (event instanceof CaseEvent.Created e) {
      return new CaseEvent.Created(
          e.tenant(),
          e.app(),
          e.definition(),
          e.version(),
          e.number(),
          e.title(),
          open(entityId, e.applicant(), opener, place -> {}),
          SealedForm.open(e.form(), entityId, FORM, opener, place -> {}),
          e.attributes(),
          e.state(),
          e.finished(),
          e.by(),
          e.at());
    } else if (event instanceof CaseEvent.ActionTaken e) {
      return new CaseEvent.ActionTaken(
          e.action(),
          e.from(),
          e.to(),
          e.finished(),
          SealedForm.open(e.form(), entityId, formOf(e.action()), opener, place -> {}),
          e.comment(),
          e.documents(),
          e.attributes(),
          e.by(),
          e.at());
    }
    return event;
  }

  /** Opens rows of lists. */
  public CompletionStage<List<CaseRow>> openRows(List<CaseRow> rows) {
    var done = CompletableFuture.completedStage(rows);
    for (var tenant : rows.stream().map(CaseRow::tenant).distinct().toList()) {
      done =
          done.thenCombine(
              personal.opener(tenant, rows.stream().map(CaseRow::applicant)),
              (opened, opener) ->
                  opened.stream()
                      .map(row -> row.tenant().equals(tenant) ? open(row, opener) : row)
                      .toList());
    }
    return done;
  }

  private static CaseRow open(CaseRow row, Opener opener) {
    return row.named(opener.open(row.entityId(), NAME, row.applicant()).text());
  }

  /** Seals what is personal in a new case; where there is no vault, nothing is. */
  CompletionStage<CaseCommand.Create> seal(String entityId, CaseCommand.Create c, boolean lasting) {
    SealedForm.requireUnsealed(sealed(c.applicant(), c.form()));
    if (!personal.seals()) {
      return CompletableFuture.completedStage(c);
    }
    var number = c.applicant().documentNumber().strip().toUpperCase(Locale.ROOT);
    var person = number.isEmpty() ? "case:" + entityId : number;
    return personal
        .sealer(c.tenant(), personal.subject(c.tenant(), person), entityId, lasting)
        .thenApply(sealer -> sealed(c, sealer));
  }

  private CaseCommand.Create sealed(CaseCommand.Create c, Sealer sealer) {
    Predicate<String> isPersonal =
        member ->
            catalogue
                .find(c.definition(), c.version())
                .filter(app -> marks.has(app.formSchema(), member))
                .isPresent();
    var applicant =
        new Applicant(
            sealed(sealer, NAME, c.applicant().name()),
            c.applicant().kind(),
            c.applicant().documentKind(),
            sealed(sealer, DOCUMENT, c.applicant().documentNumber()));
    return new CaseCommand.Create(
        c.tenant(),
        c.app(),
        c.definition(),
        c.version(),
        c.number(),
        c.title(),
        applicant,
        SealedForm.seal(c.form(), FORM, isPersonal, sealer),
        c.attributes(),
        c.occurredAt(),
        Optional.of(new Plaintext(c.applicant(), c.form(), "")));
  }

  private static String sealed(Sealer sealer, String place, String text) {
    return text.isEmpty() ? text : sealer.seal(place, text);
  }

  /** Whether an action has to see the case, because something of one of them is sealed. */
  boolean concern(boolean sealedCase, Optional<AppDefinition.Action> action) {
    return sealedCase || (personal.seals() && schema(action).filter(marks::any).isPresent());
  }

  /** Seals what is personal in an action's form, and opens the case for its guards. */
  CompletionStage<CaseCommand.TakeAction> seal(
      String entityId,
      CaseState state,
      Optional<AppDefinition.Action> action,
      CaseCommand.TakeAction c,
      boolean lasting) {
    return open(entityId, state)
        .thenCompose(
            opened -> {
              requireVault(entityId, opened);
              var plain =
                  new Plaintext(opened.state().applicant(), opened.state().form(), c.form());
              return sealedForm(entityId, opened, action, c, lasting)
                  .thenApply(
                      form ->
                          new CaseCommand.TakeAction(
                              c.action(),
                              form,
                              c.comment(),
                              c.attributes(),
                              c.occurredAt(),
                              Optional.of(plain)));
            });
  }

  private CompletionStage<String> sealedForm(
      String entityId,
      Opened opened,
      Optional<AppDefinition.Action> action,
      CaseCommand.TakeAction c,
      boolean lasting) {
    var schema = schema(action).filter(marks::any);
    if (c.form().isBlank() || schema.isEmpty()) {
      return CompletableFuture.completedStage(c.form());
    }
    var tenant = opened.state().tenant();
    var subject = opened.subject().orElseGet(() -> personal.subject(tenant, "case:" + entityId));
    return personal
        .sealer(tenant, subject, entityId, lasting)
        .thenApply(
            sealer ->
                SealedForm.seal(
                    c.form(),
                    formOf(c.action()),
                    member -> marks.has(schema.get(), member),
                    sealer));
  }

  /** Guards must not decide on what cannot be read. */
  private void requireVault(String entityId, Opened opened) {
    if (opened.subject().isPresent() && !personal.seals()) {
      throw Problem.of(
              BorderCode.VAULT_UNAVAILABLE,
              entityId + ": sealed (expected: a node with the vault's key)")
          .asException();
    }
  }

  private static Optional<String> schema(Optional<AppDefinition.Action> action) {
    return action.flatMap(AppDefinition.Action::formSchema);
  }

  private static String formOf(String action) {
    return "action/" + action + "/";
  }
}
