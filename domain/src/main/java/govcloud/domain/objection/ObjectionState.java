package govcloud.domain.objection;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An objection as it is now.
 *
 * @param matter to what; none before it is raised
 * @param text why, in the citizen's words
 * @param raisedAt when it was raised
 * @param due until when the department has to answer
 * @param escalated whether that limit passed in silence
 * @param answer of the department
 */
public record ObjectionState(
    Status status,
    Optional<Matter> matter,
    String text,
    Optional<Instant> raisedAt,
    Optional<Instant> due,
    boolean escalated,
    Optional<Answer> answer) {

  /** Where an objection is in its life. */
  public enum Status {
    NONE,
    OPEN,
    /** The citizen is right. */
    UPHELD,
    REJECTED
  }

  /**
   * One look at data, without whose data they are.
   *
   * @param exchange its id
   * @param consumer the department that asked
   * @param provider the department that gave the data, or refused them
   * @param agreement under which
   * @param nameZh what the resource is called in Chinese
   * @param nameEn and in English
   * @param caseId app and id of the cited case
   * @param fields what was let out
   * @param index of its entry in the ledger
   */
  public record Matter(
      String exchange,
      String consumer,
      String provider,
      String agreement,
      String nameZh,
      String nameEn,
      String caseId,
      String purpose,
      String legalBasis,
      List<String> fields,
      long index) {
    public Matter {
      fields = List.copyOf(fields);
    }
  }

  /** What a person of the department said. */
  public record Answer(String person, String reason, Instant at) {}

  /** Nobody objected. */
  public static final ObjectionState NONE =
      new ObjectionState(
          Status.NONE,
          Optional.empty(),
          "",
          Optional.empty(),
          Optional.empty(),
          false,
          Optional.empty());

  /** The objection after {@code event}; accepts every event in every state. */
  public ObjectionState after(ObjectionEvent event) {
    if (event instanceof ObjectionEvent.Raised e) {
      return new ObjectionState(
          Status.OPEN,
          Optional.of(e.matter()),
          e.text(),
          Optional.of(e.at()),
          Optional.of(e.due()),
          false,
          Optional.empty());
    } else if (event instanceof ObjectionEvent.Answered e) {
      return new ObjectionState(
          e.upheld() ? Status.UPHELD : Status.REJECTED,
          matter,
          text,
          raisedAt,
          due,
          escalated,
          Optional.of(new Answer(e.person(), e.reason(), e.at())));
    } else if (event instanceof ObjectionEvent.Escalated) {
      return new ObjectionState(status, matter, text, raisedAt, due, true, answer);
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }
}
