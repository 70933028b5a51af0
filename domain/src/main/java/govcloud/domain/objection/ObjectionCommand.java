package govcloud.domain.objection;

/** What may be asked of an objection. */
public sealed interface ObjectionCommand {

  /**
   * A citizen objects.
   *
   * @param matter to what
   * @param text why; may be empty
   */
  record Raise(ObjectionState.Matter matter, String text) implements ObjectionCommand {}

  /**
   * The department that gave the data answers.
   *
   * @param party that department
   * @param upheld whether the citizen is right
   * @param reason for the citizen
   */
  record Answer(String party, boolean upheld, String reason) implements ObjectionCommand {}

  /** Tells that the limit passed in silence. */
  record Escalate() implements ObjectionCommand {}
}
