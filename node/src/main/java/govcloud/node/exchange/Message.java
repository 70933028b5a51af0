package govcloud.node.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Actor;
import govcloud.domain.Refusal;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.domain.sharing.Mode;
import govcloud.exchange.gate.CitedCase;
import govcloud.node.exchange.crossing.CloudLink.Answered;
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
 * @param byItself whether nobody asks at this moment: it is told by a callback, delivered after it
 *     has waited, or one of a batch
 * @param given what the provider has of it, known before it is asked for; none: the provider is
 *     asked
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
    boolean byItself,
    Optional<Given> given) {

  /**
   * What a provider has given beforehand.
   *
   * @param mode file or batch; none: a change of one record
   * @param records as the provider has them; of a file what it is
   * @param fault why nothing of it can be let out; none: nothing is against it
   * @param sent what another cloud has signed of it; none: it is asked for, or of this cloud
   */
  record Given(
      Optional<Mode> mode,
      List<ObjectNode> records,
      Optional<Refusal> fault,
      Optional<Answered> sent) {
    Given {
      records = List.copyOf(records);
    }

    /** What may be asked for at once, as it is, and nothing is against it. */
    static Given of(Mode mode, List<ObjectNode> records) {
      return new Given(Optional.of(mode), records, Optional.empty(), Optional.empty());
    }

    /** What is not let out. */
    static Given refused(Mode mode, Refusal why) {
      return new Given(Optional.of(mode), List.of(), Optional.of(why), Optional.empty());
    }

    /** A piece of a batch. */
    static Given of(Mode mode, Piece piece) {
      return new Given(Optional.of(mode), piece.records(), piece.fault(), piece.sent());
    }

    /** A record that has changed. */
    static Given change(ObjectNode record) {
      return new Given(Optional.empty(), List.of(record), Optional.empty(), Optional.empty());
    }

    /** What may be asked for at once, of which nothing is known yet. */
    static Given nothing(Mode mode) {
      return of(mode, List.of());
    }
  }

  /**
   * A part of what is asked for, which is a message of its own: the same part is the same message.
   *
   * @param standsIn what stands for a case where there is none
   * @param about document number of the data subject of this part
   * @param part its id
   */
  Message part(String standsIn, String about, String part, Given what, String partNonce) {
    return new Message(
        consumer,
        agreement,
        actor,
        app,
        app.isEmpty() ? standsIn : caseId,
        about,
        subjectKind,
        fields,
        claims,
        part,
        partNonce,
        CanonicalJson.sha256((requestHash + "\n" + part).getBytes(UTF_8)),
        far,
        false,
        byItself,
        Optional.of(what));
  }

  /** The same, asked for at once in this mode. */
  Message inMode(Mode mode) {
    return with(waits, byItself || mode == Mode.BATCH, Optional.of(Given.nothing(mode)));
  }

  /** The same query, which waits while its provider is away instead of being refused. */
  Message waiting() {
    return with(true, byItself, given);
  }

  /** The same query, of which nobody waits for the answer now. */
  Message comingByItself() {
    return with(waits, true, given);
  }

  private Message with(boolean patient, boolean alone, Optional<Given> what) {
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
        patient,
        alone,
        what);
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

  /**
   * Whether this cloud or another one sends it again when it does not know what came of it: what
   * was refused is told again then and recorded once; but see {@link Turn}.
   */
  boolean comesAgain() {
    return byItself || far.isPresent();
  }

  /** How the cited case is called, or what stands for one; empty: nothing does. */
  String cited() {
    return app.isEmpty() ? caseId : app + "/" + caseId;
  }
}
