package govcloud.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Actor;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.domain.sharing.Mode;
import govcloud.exchange.JsonBytes;
import govcloud.exchange.gate.CitedCase;
import govcloud.node.exchange.crossing.CloudDoor;
import govcloud.node.exchange.crossing.CloudFile;
import govcloud.node.exchange.crossing.CloudReception;
import govcloud.node.exchange.crossing.KnownClouds;
import govcloud.node.exchange.crossing.SignedMessage;
import govcloud.node.http.Failures;
import govcloud.node.http.ProblemException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Answers queries of other clouds that are to be believed, by the gateway of this cloud. */
final class CloudDesk implements CloudDoor.Streams {

  private static final int LONGEST = 256;
  private static final int MOST = 200;
  private static final String MODE = "/mode";

  /** Whether a query waits while its provider is away; absent where it does not. */
  static final String DELIVERY = "delivery";

  static final String WHEN_AVAILABLE = "when-available";

  private final Gateway gateway;
  private final WholeBatches batches;
  private final WholeFiles files;
  private final KnownClouds clouds;

  CloudDesk(Gateway gateway, WholeBatches batches, WholeFiles files, KnownClouds clouds) {
    this.gateway = gateway;
    this.batches = batches;
    this.files = files;
    this.clouds = clouds;
  }

  /** What is told to the other cloud, to be signed; fails when nothing can be told. */
  CompletionStage<ObjectNode> answer(SignedMessage query) {
    var isOfFile = query.text(MODE).equals(word(Mode.FILE));
    return asked(
        query,
        isOfFile ? Optional.of(Mode.FILE) : Optional.empty(),
        message ->
            (isOfFile ? files.announce(message) : gateway.query(patient(query, message)))
                .thenApply(CloudDesk::told));
  }

  @Override
  public CompletionStage<ObjectNode> file(
      SignedMessage query, long from, Consumer<CloudFile> taker) {
    return asked(
        query,
        Optional.of(Mode.FILE),
        message ->
            files
                .file(message, from)
                .thenApply(
                    let -> {
                      var file = let.file();
                      taker.accept(
                          new CloudFile(
                              file.mediaType(),
                              file.fileName(),
                              file.length() - from,
                              let.bytes()));
                      return told(let.outcome());
                    }));
  }

  @Override
  public CompletionStage<ObjectNode> batch(
      SignedMessage query, long most, Consumer<Source<ObjectNode, NotUsed>> taker) {
    return asked(
        query,
        Optional.of(Mode.BATCH),
        message ->
            batches
                .batch(message, most)
                .thenApply(
                    outcomes -> {
                      taker.accept(LeavingBatch.of(outcomes));
                      return JsonNodeFactory.instance.objectNode();
                    }));
  }

  /** Of a query that waits nothing is recorded while its provider is away: it is asked again. */
  private static Message patient(SignedMessage query, Message message) {
    return query.text("/" + DELIVERY).equals(WHEN_AVAILABLE) ? message.waiting() : message;
  }

  /** How a query says what it is about. */
  static String word(Mode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private CompletionStage<ObjectNode> asked(
      SignedMessage query,
      Optional<Mode> mode,
      Function<Message, CompletionStage<ObjectNode>> answering) {
    var fault = fault(query, mode);
    if (fault.isPresent()) {
      return refused(ExchangeRefusal.EXCHANGE_CLOUD_MESSAGE_MALFORMED, fault.get());
    }
    var department = query.text("/department");
    var guest =
        clouds
            .find(query.head().sender())
            .map(cloud -> cloud.departments().get(department))
            .orElse(null);
    if (guest == null) {
      return refused(
          ExchangeRefusal.EXCHANGE_AGREEMENT_UNKNOWN,
          "department: " + department + " (expected: one for which a department here stands)");
    }
    return CompletableFuture.completedStage(message(query, guest))
        .thenCompose(answering)
        .exceptionally(CloudDesk::problem);
  }

  private static CompletionStage<ObjectNode> refused(ExchangeRefusal code, String detail) {
    return CompletableFuture.completedStage(CloudReception.refusal(Refusal.of(code, detail)));
  }

  private static Optional<String> fault(SignedMessage query, Optional<Mode> mode) {
    var body = query.body();
    var texts =
        Stream.of(
            query.head().message(),
            query.head().agreement(),
            query.text("/department"),
            query.text("/person"),
            query.text("/role"),
            query.text("/subject/kind"));
    var subject = query.text("/subject/number");
    // All there is may be about nobody.
    if (texts.anyMatch(text -> text.isEmpty() || text.length() > LONGEST)
        || (subject.isEmpty() && mode.isEmpty())
        || subject.length() > LONGEST) {
      return Optional.of(
          "message, agreement, department, person, role or subject: missing or too long"
              + " (expected: 1 to "
              + LONGEST
              + " characters)");
    }
    if (!isTexts(body.path("fields")) || !isTexts(body.path("claims"))) {
      return Optional.of("fields or claims: not texts (expected: at most " + MOST + " texts)");
    }
    var wanted = mode.map(CloudDesk::word).orElse("");
    if (!query.text(MODE).equals(wanted)) {
      return Optional.of("mode: '%s' (expected: '%s')".formatted(query.text(MODE), wanted));
    }
    return Stream.of("/case/name", "/case/matter", "/case/state")
            .allMatch(pointer -> query.text(pointer).length() <= LONGEST)
        ? Optional.empty()
        : Optional.of("case: too long (expected: at most " + LONGEST + " characters)");
  }

  private static boolean isTexts(JsonNode values) {
    if (!values.isContainerNode() || values.size() > MOST) {
      return false;
    }
    for (JsonNode value : values) {
      if (!value.isTextual() || value.asText().length() > LONGEST) {
        return false;
      }
    }
    return true;
  }

  /** Clerks of other clouds are called as at home, with the name of their cloud behind it. */
  private static Message message(SignedMessage query, String guest) {
    var body = query.body();
    var person = query.text("/person") + "@" + query.head().sender();
    var name = query.text("/case/name").split("/", 2);
    return new Message(
        guest,
        query.head().agreement(),
        new Actor(person, query.text("/role")),
        name[0],
        name.length > 1 ? name[1] : "",
        query.text("/subject/number"),
        query.text("/subject/kind"),
        MessageJson.texts(body.path("fields")),
        MessageJson.claims(body.path("claims")),
        query.head().message(),
        query.hash(),
        hash(query),
        Optional.of(
            new Message.Far(cited(query, person), query.head().address(), query.evidence())),
        false,
        false,
        Optional.empty());
  }

  /** The other cloud says that the case is open, the clerk's, and that the subject is a party. */
  private static CitedCase cited(SignedMessage query, String person) {
    return query.text("/case/name").isEmpty()
        ? CitedCase.NONE
        : new CitedCase(
            true,
            false,
            query.text("/case/matter"),
            query.text("/case/state"),
            person,
            Set.of(query.text("/subject/number")));
  }

  /** Of what makes two messages the same query; not of time, nonce, and whether it waits. */
  private static String hash(SignedMessage query) {
    var all = JsonNodeFactory.instance.objectNode();
    all.put("agreement", query.head().agreement());
    all.put("address", query.head().address());
    all.set("body", query.body().deepCopy().without(DELIVERY));
    return CanonicalJson.sha256(JsonBytes.of(all));
  }

  /** What is told of an outcome. */
  static ObjectNode told(Outcome outcome) {
    var told =
        outcome
            .refusal()
            .map(CloudReception::refusal)
            .orElseGet(() -> JsonNodeFactory.instance.objectNode());
    told.putObject("evidence")
        .put("exchange", outcome.record().id())
        .put("log", outcome.record().log())
        .put("index", outcome.record().index());
    if (outcome.refusal().isEmpty()) {
      outcome.records().forEach(told.putArray("records")::add);
      outcome.record().masked().forEach(told.putArray("masked")::add);
      outcome.asOf().ifPresent(at -> told.put("data_as_of", at.toString()));
      told.put("replayed", outcome.replayed());
    }
    return told;
  }

  private static ObjectNode problem(Throwable failure) {
    if (Failures.cause(failure) instanceof ProviderAwayException) {
      // Why it is away is of no other cloud's concern.
      return CloudReception.refusal(
          Refusal.of(
              ExchangeRefusal.EXCHANGE_PROVIDER_AWAY,
              "provider: does not answer yet (expected: asked again later)"));
    }
    if (Failures.cause(failure) instanceof ProblemException known) {
      var body = JsonNodeFactory.instance.objectNode();
      body.putObject("refusal")
          .put("code", known.problem().code())
          .put("detail", known.problem().detail());
      return body;
    }
    throw new CompletionException(failure);
  }
}
