package govcloud.node.casework;

import govcloud.domain.casework.ClockState.Colour;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A case in a worklist.
 *
 * @param caseId its identifier within the app
 * @param number the number that people know it by
 * @param applicant the applicant's name; sealed where personal data are
 * @param definition name of the app in the catalogue
 * @param definitionVersion version that the case follows
 * @param state the process state
 * @param finished whether that is a final state
 * @param assignee the person who has the case, or an empty string
 * @param clocks those that have not completed
 * @param version of the entity that the row reflects
 * @param listedAt the last update as lists by time have it, see {@link CaseFold}; null in a row
 *     that was stored before there was any
 */
public record CaseRow(
    String tenant,
    String app,
    String caseId,
    String number,
    String title,
    String applicant,
    String definition,
    int definitionVersion,
    String state,
    boolean finished,
    String assignee,
    List<Clock> clocks,
    long version,
    Instant createdAt,
    Instant updatedAt,
    Instant listedAt) {

  public CaseRow {
    clocks = List.copyOf(clocks);
    listedAt = listedAt == null ? updatedAt : listedAt;
  }

  /**
   * A clock that has not completed.
   *
   * @param haltedAt when it stopped, or null while it runs
   */
  public record Clock(String name, Instant due, Instant yellowAt, Instant haltedAt) {

    private Instant reaches(Instant limit) {
      return haltedAt == null || !haltedAt.isBefore(limit) ? limit : null;
    }
  }

  /** The case itself. */
  public String entityId() {
    return "case/" + tenant + "/" + app + "/" + caseId;
  }

  /** The same row with another name of the applicant. */
  CaseRow named(String name) {
    return new CaseRow(
        tenant,
        app,
        caseId,
        number,
        title,
        name,
        definition,
        definitionVersion,
        state,
        finished,
        assignee,
        clocks,
        version,
        createdAt,
        updatedAt,
        listedAt);
  }

  /** The earliest due instant of the clocks that run; empty if none does. */
  public Optional<Instant> due() {
    return clocks.stream()
        .filter(clock -> clock.haltedAt() == null)
        .map(Clock::due)
        .min(Instant::compareTo);
  }

  /** From when on the case is yellow or red; empty if never, unless something happens. */
  public Optional<Instant> yellowFrom() {
    return earliest(clocks.stream().map(clock -> clock.reaches(clock.yellowAt())));
  }

  /** From when on the case is red; empty if never, unless something happens. */
  public Optional<Instant> redFrom() {
    return earliest(clocks.stream().map(clock -> clock.reaches(clock.due().plusMillis(1))));
  }

  private Optional<Instant> earliest(Stream<Instant> instants) {
    return finished ? Optional.empty() : instants.filter(Objects::nonNull).min(Instant::compareTo);
  }

  /** How urgent the case is. */
  public Colour colour(Instant now) {
    if (redFrom().filter(from -> !now.isBefore(from)).isPresent()) {
      return Colour.RED;
    }
    return yellowFrom().filter(from -> !now.isBefore(from)).isPresent()
        ? Colour.YELLOW
        : Colour.GREEN;
  }
}
