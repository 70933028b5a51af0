package govcloud.domain.recall;

import java.util.List;

/** What may be asked of a recall. */
public sealed interface RecallCommand {

  /**
   * The provider tells that it has corrected a record.
   *
   * @param party that department
   * @param matter what was wrong
   */
  record Issue(String party, RecallState.Matter matter) implements RecallCommand {}

  /**
   * Names cases that received the wrong values; those that are known already are passed over.
   *
   * @param receivers as they were found; none: none has
   */
  record Tell(List<RecallState.Receiver> receivers) implements RecallCommand {
    public Tell {
      receivers = List.copyOf(receivers);
    }
  }

  /**
   * A department says what it has done about one of its cases.
   *
   * @param party that department
   * @param caseId app and id of the case, with a slash between them
   * @param note what was done
   */
  record Acknowledge(String party, String caseId, String note) implements RecallCommand {}

  /** Tells that the limit passed and somebody has not acknowledged. */
  record Escalate() implements RecallCommand {}
}
