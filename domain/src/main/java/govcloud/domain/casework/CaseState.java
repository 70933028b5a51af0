package govcloud.domain.casework;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A case as it is now. Its full history is read from the journal.
 *
 * @param status the process state; empty while there is no case
 * @param finished whether the process state is final
 * @param assignee the person who has the case, or an empty string
 * @param clocks by name, in the order they first started
 * @param materials by name, in the order they were first recorded
 * @param documents names of produced documents, with when each was last produced
 * @param doers who did what, for guards that keep duties apart
 * @param actions how many actions were taken
 * @param createdAt when the case began; empty while there is no case
 * @param updatedAt the latest time of its events; empty while there is no case
 */
public record CaseState(
    String status,
    boolean finished,
    String tenant,
    String app,
    String definition,
    int version,
    String number,
    String title,
    Applicant applicant,
    String form,
    Map<String, String> attributes,
    String assignee,
    Map<String, ClockState> clocks,
    Map<String, Material> materials,
    Map<String, Instant> documents,
    Doers doers,
    int actions,
    int comments,
    int deviations,
    Optional<Instant> createdAt,
    Optional<Instant> updatedAt) {

  /** There is no case. */
  public static final CaseState VACANT =
      new CaseState(
          "",
          false,
          "",
          "",
          "",
          0,
          "",
          "",
          Applicant.NONE,
          "",
          Map.of(),
          "",
          Map.of(),
          Map.of(),
          Map.of(),
          Doers.NONE,
          0,
          0,
          0,
          Optional.empty(),
          Optional.empty());

  public CaseState {
    attributes = Attributes.copy(attributes);
    clocks = Collections.unmodifiableMap(new LinkedHashMap<>(clocks));
    materials = Collections.unmodifiableMap(new LinkedHashMap<>(materials));
    documents = Collections.unmodifiableMap(new LinkedHashMap<>(documents));
  }

  /** The same case with what its sealed parts say, for whoever may read it. */
  public CaseState opened(Applicant openedApplicant, String openedForm) {
    return new CaseState(
        status,
        finished,
        tenant,
        app,
        definition,
        version,
        number,
        title,
        openedApplicant,
        openedForm,
        attributes,
        assignee,
        clocks,
        materials,
        documents,
        doers,
        actions,
        comments,
        deviations,
        createdAt,
        updatedAt);
  }

  /** Whether there is a case. */
  public boolean exists() {
    return createdAt.isPresent();
  }

  /** How urgent the case is: the worst colour of the clocks that have not completed. */
  public ClockState.Colour colour(Instant now) {
    return clocks.values().stream()
        .filter(clock -> clock.status() != ClockState.Status.COMPLETED)
        .map(clock -> clock.colour(now))
        .max(Comparator.naturalOrder())
        .orElse(ClockState.Colour.GREEN);
  }

  /** The earliest due instant of the clocks that run; empty if none does. */
  public Optional<Instant> nextDue() {
    return clocks.values().stream()
        .filter(clock -> clock.status() == ClockState.Status.RUNNING)
        .map(ClockState::due)
        .min(Comparator.naturalOrder());
  }

  /** Whether creating again would bring nothing new. */
  boolean isAsIn(CaseCommand.Create c) {
    return tenant.equals(c.tenant())
        && app.equals(c.app())
        && definition.equals(c.definition())
        && number.equals(c.number())
        && title.equals(c.title())
        && applicant.equals(c.applicant())
        && form.equals(c.form())
        && attributes.equals(c.attributes());
  }
}
