package govcloud.domain.subject;

/** What may be asked of a data subject's entity. */
public sealed interface SubjectCommand {

  /**
   * Keeps the data from being erased.
   *
   * @param hold name of the hold, unique for this person
   * @param reason such as the number of a court case
   */
  record Hold(String hold, String reason) implements SubjectCommand {}

  /** Ends a hold. */
  record Release(String hold) implements SubjectCommand {}

  /**
   * The key of the data is to be destroyed, because two people have signed it.
   *
   * @param key name of the key, which does not tell it
   * @param operation in which it was signed
   */
  record Erase(String key, LegalBasis basis, String operation) implements SubjectCommand {}
}
