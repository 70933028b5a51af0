package govcloud.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeCommand;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeState;
import govcloud.exchange.evidence.Evidence;
import govcloud.exchange.gate.Agreed;
import govcloud.exchange.gate.Query;
import govcloud.exchange.gate.Ruling;
import govcloud.exchange.policy.PolicyInput;
import govcloud.exchange.release.Release;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.tree.Hash;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Problem;
import govcloud.node.sharing.SharingIds;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.ToIntFunction;

/**
 * Records exchanges: first in the ledger, then what opens the entry. Only when both are stored for
 * good may anything be let out.
 */
final class Records {

  private static final int SECRET_BYTES = 32;

  /** Many times more than a cloud can have slices. */
  private static final int LAST_DIGITS = 1 << 16;

  private final Entities entities;
  private final LedgerDesk desk;
  private final LedgerKey key;
  private final SecureRandom random;
  private final ToIntFunction<String> sliceOf;

  /**
   * Records of one ledger.
   *
   * @param sliceOf the slice of an entity
   */
  Records(
      Entities entities,
      LedgerDesk desk,
      LedgerKey key,
      SecureRandom random,
      ToIntFunction<String> sliceOf) {
    this.entities = entities;
    this.desk = desk;
    this.key = key;
    this.random = random;
    this.sliceOf = sliceOf;
  }

  /**
   * The id of the exchange that a message of a department is about, and of its entry. Its last
   * digits are such that all exchanges of a department lie in one slice: there one append takes
   * many of them.
   */
  String idOf(String consumer, String message) {
    var hash = key.exchangeId(consumer, message);
    var home = sliceOf.applyAsInt(SharingIds.exchange(consumer, ""));
    for (int last = 0; last < LAST_DIGITS; last++) {
      var id = hash + HexFormat.of().toHexDigits((short) last);
      if (sliceOf.applyAsInt(SharingIds.exchange(consumer, id)) == home) {
        return id;
      }
    }
    return hash + "0000";
  }

  /** What became of a message before, if anything. */
  CompletionStage<Optional<ExchangeRecord>> find(String consumer, String id) {
    return entities
        .<ExchangeState>read(SharingIds.exchange(consumer, id))
        .thenApply(answer -> answer.state().record());
  }

  /**
   * What is to be recorded.
   *
   * @param id of the exchange
   * @param released what is let out; nothing where it is refused
   * @param signed what another cloud has signed of it, by name
   */
  record Draft(
      String id,
      Message message,
      Agreed agreed,
      Query query,
      Ruling ruling,
      Release released,
      Map<String, String> signed) {}

  /**
   * What is kept of an exchange.
   *
   * @param own whether it is what was to be recorded, and nobody was faster
   */
  record Kept(ExchangeRecord record, boolean own) {

    /** Whether its entry commits to what is let out; an own one was made of it. */
    boolean commitsTo(Release released) {
      return own || Records.commitsTo(record, released.columns());
    }
  }

  /**
   * Records an exchange.
   *
   * @return what is kept; where the same message was recorded meanwhile, of that
   */
  CompletionStage<Kept> keep(Draft draft) {
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    var entry =
        Evidence.of(
            draft.id(),
            draft.agreed(),
            draft.query(),
            draft.ruling(),
            draft.released().columns(),
            draft.signed(),
            secret);
    return desk.append(entry).thenCompose(index -> keep(record(draft, index, entry, secret)));
  }

  private ExchangeRecord record(Draft draft, long index, Entry entry, byte[] secret) {
    var resource = draft.agreed().resource();
    var terms = draft.agreed().terms();
    var query = draft.query();
    var encoder = Base64.getEncoder();
    return new ExchangeRecord(
        draft.id(),
        query.consumer(),
        terms.provider(),
        draft.agreed().id(),
        resource.id(),
        resource.title().zh(),
        resource.title().en(),
        query.caseId(),
        query.person(),
        query.role(),
        query.subject(),
        List.copyOf(draft.released().columns().keySet()),
        List.copyOf(draft.released().masked()),
        terms.purpose().zh(),
        terms.legalBasis(),
        draft.ruling().refusal().map(Refusal::code).orElse(""),
        draft.message().requestHash(),
        draft.ruling().input().map(PolicyInput::canonical).orElse(""),
        key.text(),
        index,
        encoder.encodeToString(entry.toBytes()),
        encoder.encodeToString(secret),
        draft.message().byItself());
  }

  private CompletionStage<Kept> keep(ExchangeRecord record) {
    var entity = SharingIds.exchange(record.consumer(), record.id());
    return entities
        .<ExchangeState>ask(entity, Request.of(new ExchangeCommand.Keep(record), Actor.platform()))
        .thenApply(
            answer -> {
              if (!answer.accepted()) {
                throw Problem.of(answer.refusal()).asException();
              }
              var kept = answer.state().record().orElseThrow();
              return new Kept(kept, kept.equals(record));
            });
  }

  /** Whether this is what the record's entry commits to, and so what was let out before. */
  static boolean commitsTo(ExchangeRecord record, Map<String, List<JsonNode>> released) {
    var decoder = Base64.getDecoder();
    var keys = new FieldKeys(decoder.decode(record.secret()));
    try {
      var leaf = Leaf.parse(decoder.decode(record.leaf()), record.id());
      return record.permit()
          && leaf instanceof Entry entry
          && List.copyOf(released.keySet()).equals(record.fields())
          && released.entrySet().stream()
              .allMatch(field -> isCommitted(entry, keys, field.getKey(), field.getValue()));
    } catch (LedgerException e) {
      return false;
    }
  }

  private static boolean isCommitted(
      Entry entry, FieldKeys keys, String name, List<JsonNode> values) {
    Hash made = keys.commit(Evidence.FIELD + name, Evidence.bytes(values));
    return made.equals(entry.closed().get(Evidence.FIELD + name));
  }
}
