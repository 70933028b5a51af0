package govcloud.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeState;
import govcloud.domain.sharing.AgreementEvent;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.exchange.evidence.Evidence;
import govcloud.exchange.evidence.Material;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.ledger.leaf.Leaf;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.feed.EntityHistory;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Call;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.sharing.SharingIds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * What checks one recorded exchange without this cloud: for auditors all that its verdict follows
 * from, for them and for officers of both parties what opens a single field.
 */
final class RecordRoutes {

  private final Entities entities;
  private final EntityHistory history;
  private final ClassicActorSystemProvider system;

  RecordRoutes(Entities entities, EntityHistory history, ClassicActorSystemProvider system) {
    this.entities = entities;
    this.history = history;
    this.system = system;
  }

  void register(Routes routes) {
    routes
        .on("getMaterialOfExchange", this::material)
        .on("openExchangeField", call -> open(call, record -> true))
        .on("openOwnExchangeField", call -> open(call, record -> isParty(record, call)));
  }

  private static boolean isParty(ExchangeRecord record, Call call) {
    var tenant = call.path("tenant");
    return record.consumer().equals(tenant) || record.provider().equals(tenant);
  }

  /** The same problem for an exchange of others as for none. */
  private CompletionStage<ExchangeRecord> find(Call call, Predicate<ExchangeRecord> allowed) {
    return entities
        .<ExchangeState>read(SharingIds.exchange(call.path("office"), call.path("exchange")))
        .thenApply(
            answer ->
                answer
                    .state()
                    .record()
                    .filter(allowed)
                    .orElseThrow(() -> none("exchange " + call.path("exchange"), "one recorded")));
  }

  private static ProblemException none(String what, String expected) {
    return Problem.of(BorderCode.NOT_FOUND, what + ": none (expected: " + expected + ")")
        .asException();
  }

  private CompletionStage<HttpResponse> material(Call call) {
    return find(call, record -> true)
        .thenCompose(
            record ->
                terms(record)
                    .thenApply(terms -> Replies.ok(material(record, terms, call).document())));
  }

  private static Material material(ExchangeRecord record, Optional<String> terms, Call call) {
    List<String> openings = new ArrayList<>();
    call.body().path("open").forEach(name -> openings.add(opening(record, name.asText())));
    return new Material(
        record.id(),
        record.log(),
        record.index(),
        terms,
        Optional.of(record.policyInput()).filter(input -> !input.isEmpty()),
        openings);
  }

  private static String opening(ExchangeRecord record, String name) {
    var value =
        switch (name) {
          case Evidence.SUBJECT -> record.subject();
          case Evidence.CLERK -> record.person();
          default -> record.caseId();
        };
    return keys(record).open(name, value.getBytes(StandardCharsets.UTF_8)).toText();
  }

  private static FieldKeys keys(ExchangeRecord record) {
    return new FieldKeys(Base64.getDecoder().decode(record.secret()));
  }

  private static Entry entry(ExchangeRecord record) {
    try {
      return (Entry) Leaf.parse(Base64.getDecoder().decode(record.leaf()), record.id());
    } catch (LedgerException e) {
      throw new IllegalStateException(record.id() + ": " + e.getMessage(), e);
    }
  }

  /** The terms of the recorded address, also if others are in force now; none of another cloud. */
  private CompletionStage<Optional<String>> terms(ExchangeRecord record) {
    var address = entry(record).open().getOrDefault("address", "");
    return history
        .of(SharingIds.agreement(record.consumer(), record.agreement()), 1)
        .mapConcat(entry -> List.copyOf(entry.commit().events()))
        .mapConcat(event -> proposed(event).stream().toList())
        .filter(terms -> terms.address().equals(address))
        .map(terms -> new String(terms.canonicalBytes(), StandardCharsets.UTF_8))
        .runWith(Sink.headOption(), system);
  }

  private static Optional<AgreementTerms> proposed(Object event) {
    return event instanceof AgreementEvent.Applied applied
        ? Optional.of(applied.terms())
        : event instanceof AgreementEvent.Granted granted
            ? Optional.of(granted.terms())
            : Optional.empty();
  }

  /**
   * Values are kept nowhere: whoever asks says what they were, and gets the opening if they were
   * so.
   */
  private CompletionStage<HttpResponse> open(Call call, Predicate<ExchangeRecord> allowed) {
    return find(call, allowed)
        .thenApply(
            record ->
                HttpResponse.create()
                    .withEntity(
                        ContentTypes.TEXT_PLAIN_UTF8,
                        opening(record, call.text("field"), call.body().path("values"))));
  }

  private static String opening(ExchangeRecord record, String field, JsonNode values) {
    var name = Evidence.FIELD + field;
    var recorded = entry(record).closed().get(name);
    if (recorded == null) {
      throw none("field " + field, "one of " + record.fields());
    }
    List<JsonNode> all = new ArrayList<>();
    values.forEach(all::add);
    var opening = keys(record).open(name, bytes(all, field));
    if (!opening.commitment().equals(recorded)) {
      throw other(field);
    }
    return opening.toText();
  }

  /** A number that is not whole never left. */
  private static byte[] bytes(List<JsonNode> values, String field) {
    try {
      return Evidence.bytes(values);
    } catch (IllegalArgumentException e) {
      throw other(field);
    }
  }

  private static ProblemException other(String field) {
    return Problem.of(
            BorderCode.EXCHANGE_VALUES_OTHER,
            "values: not those of field %s that left (expected: as they left, one for each record)"
                .formatted(field))
        .asException();
  }
}
