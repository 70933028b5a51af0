package govcloud.node.exchange;

import govcloud.domain.Actor;
import java.util.List;
import java.util.Map;

/**
 * A query as it came.
 *
 * @param consumer the department that asks
 * @param agreement id of the agreement
 * @param actor who asks
 * @param app of the cited case
 * @param caseId the cited case
 * @param subject document number of the data subject
 * @param subjectKind such as {@code person}
 * @param fields wanted ones; empty: all that were agreed
 * @param claims what the consumer says values are, by field
 * @param id of the message, from the caller; the same for the same query alone
 * @param nonce random digits, of this call alone
 * @param requestHash lower-case hexadecimal SHA-256 of all that was asked and by whom
 */
record Message(
    String consumer,
    String agreement,
    Actor actor,
    String app,
    String caseId,
    String subject,
    String subjectKind,
    List<String> fields,
    Map<String, String> claims,
    String id,
    String nonce,
    String requestHash) {

  /** How the cited case is called. */
  String cited() {
    return app + "/" + caseId;
  }
}
