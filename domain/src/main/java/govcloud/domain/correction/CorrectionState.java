package govcloud.domain.correction;

import java.time.Instant;
import java.util.Optional;

/**
 * A request for a correction as it is now.
 *
 * @param matter of which value; none before it is asked for
 * @param value what it should be, sealed where personal data are
 * @param reason why
 * @param askedAt when it was asked for
 * @param due until when the department has to answer
 * @param escalated whether that limit passed in silence
 * @param answer of the department
 */
public record CorrectionState(
    Status status,
    Optional<Matter> matter,
    String value,
    String reason,
    Optional<Instant> askedAt,
    Optional<Instant> due,
    boolean escalated,
    Optional<Answer> answer) {

  /** Where a request is in its life. */
  public enum Status {
    NONE,
    OPEN,
    /** The value was wrong and is corrected. */
    ACCEPTED,
    REFUSED
  }

  /** Who holds the value to be wrong. */
  public enum Asker {
    /** Whose value it is. */
    CITIZEN,
    /** The department that received it. */
    OFFICE
  }

  /**
   * One value that was given out, without whose it is.
   *
   * @param exchange that gave it out
   * @param consumer the department that received it
   * @param provider the department that gave it
   * @param resource id of the data resource
   * @param nameZh what the resource is called in Chinese
   * @param nameEn and in English
   * @param caseId app and id of the cited case
   * @param field the item whose value it is
   * @param subject names the data subject as lists of exchanges do, which does not tell the number
   * @param index of the entry in the ledger
   */
  public record Matter(
      Asker asker,
      String exchange,
      String consumer,
      String provider,
      String resource,
      String nameZh,
      String nameEn,
      String caseId,
      String field,
      String subject,
      long index) {}

  /**
   * What a person of the department said.
   *
   * @param recall id of its recall; empty: it refused
   */
  public record Answer(String recall, String reason, String person, Instant at) {}

  /** Nobody asked. */
  public static final CorrectionState NONE =
      new CorrectionState(
          Status.NONE,
          Optional.empty(),
          "",
          "",
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty());

  /** The request after {@code event}; accepts every event in every state. */
  public CorrectionState after(CorrectionEvent event) {
    if (event instanceof CorrectionEvent.Asked e) {
      return new CorrectionState(
          Status.OPEN,
          Optional.of(e.matter()),
          e.value(),
          e.reason(),
          Optional.of(e.at()),
          Optional.of(e.due()),
          false,
          Optional.empty());
    } else if (event instanceof CorrectionEvent.Accepted e) {
      return answered(Status.ACCEPTED, new Answer(e.recall(), e.reason(), e.person(), e.at()));
    } else if (event instanceof CorrectionEvent.Refused e) {
      return answered(Status.REFUSED, new Answer("", e.reason(), e.person(), e.at()));
    } else if (event instanceof CorrectionEvent.Escalated) {
      return new CorrectionState(status, matter, value, reason, askedAt, due, true, answer);
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }

  private CorrectionState answered(Status next, Answer said) {
    return new CorrectionState(
        next, matter, value, reason, askedAt, due, escalated, Optional.of(said));
  }
}
