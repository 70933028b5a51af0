package govcloud.domain.correction;

/** What may be asked of a request for a correction. */
public sealed interface CorrectionCommand {

  /**
   * Somebody holds a value to be wrong.
   *
   * @param value what it should be, sealed where personal data are
   * @param reason why
   */
  record Ask(CorrectionState.Matter matter, String value, String reason)
      implements CorrectionCommand {}

  /**
   * The department that gave the value has corrected it.
   *
   * @param party that department
   * @param recall id of its recall, which tells everyone who received the value
   * @param reason for whoever asked
   */
  record Accept(String party, String recall, String reason) implements CorrectionCommand {}

  /**
   * The department that gave the value holds it to be right.
   *
   * @param party that department
   * @param reason for whoever asked
   */
  record Refuse(String party, String reason) implements CorrectionCommand {}

  /** Tells that the limit passed in silence. */
  record Escalate() implements CorrectionCommand {}
}
