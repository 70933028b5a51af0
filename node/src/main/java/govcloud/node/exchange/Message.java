package govcloud.node.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Actor;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.exchange.gate.CitedCase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
 * @param far what another cloud has said and signed of it; none: it is asked in this cloud
 * @param waits whether nothing is recorded while its provider is away, for it is asked again
 * @param change the one record that it is about, as the provider has it; none: all of the subject
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
    String requestHash,
    Optional<Far> far,
    boolean waits,
    Optional<ObjectNode> change) {

  /**
   * A change of one record, of which a subscription with this message is told: the same change is
   * the same message. Without a case the subscription stands for one.
   */
  Message of(
      String subscription, String about, String change, ObjectNode record, String changeNonce) {
    return new Message(
        consumer,
        agreement,
        actor,
        app,
        app.isEmpty() ? "subscription:" + subscription : caseId,
        about,
        subjectKind,
        fields,
        claims,
        change,
        changeNonce,
        CanonicalJson.sha256((requestHash + "\n" + change).getBytes(UTF_8)),
        far,
        false,
        Optional.of(record));
  }

  /** The same query, which waits while its provider is away instead of being refused. */
  Message waiting() {
    return new Message(
        consumer,
        agreement,
        actor,
        app,
        caseId,
        subject,
        subjectKind,
        fields,
        claims,
        id,
        nonce,
        requestHash,
        far,
        true,
        change);
  }

  /**
   * What only the cloud that asks can know, by its signature.
   *
   * @param stated the cited case, as that cloud has checked it
   * @param address of the terms that it holds for those in force
   * @param evidence of its signature, by name
   */
  record Far(CitedCase stated, String address, Map<String, String> evidence) {
    Far {
      evidence = Map.copyOf(evidence);
    }
  }

  /** How the cited case is called, or what stands for one; empty: nothing does. */
  String cited() {
    return app.isEmpty() ? caseId : app + "/" + caseId;
  }
}
