package govcloud.node.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Refusal;
import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.AgreementTerms;
import govcloud.domain.sharing.Mode;
import govcloud.exchange.release.Release;
import govcloud.node.exchange.crossing.Bundles;
import govcloud.node.exchange.crossing.CloudLink;
import govcloud.node.exchange.crossing.CrossingException;
import govcloud.node.exchange.crossing.Head;
import govcloud.node.exchange.crossing.KnownClouds;
import govcloud.node.exchange.crossing.SignedMessage;
import govcloud.node.exchange.crossing.TooOftenException;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Failures;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Departments of other clouds: this cloud says and signs because of which case its clerk asks, the
 * other one decides and signs what it gives, and this one takes nothing that was not asked for.
 */
final class FarSource implements Source {

  /** Before the digest of a file, which is the value of each of its items. */
  static final String DIGEST = "sha-256:";

  private static final Pattern NAMED = Pattern.compile(DIGEST + "[0-9a-f]{64}");

  private final KnownClouds clouds;
  private final CloudLink link;
  private final Bundles bundles;
  private final BinaryOperator<String> names;
  private final Supplier<String> nonces;
  private final InstantSource clock;
  private final AnswerForm form = new AnswerForm();

  /**
   * A source.
   *
   * @param link the way to clouds that have addresses
   * @param bundles the way to those behind gateways
   * @param names makes a name of a department and its message, which tells neither
   * @param nonces random digits
   */
  FarSource(
      KnownClouds clouds,
      CloudLink link,
      Bundles bundles,
      BinaryOperator<String> names,
      Supplier<String> nonces,
      InstantSource clock) {
    this.clouds = clouds;
    this.link = link;
    this.bundles = bundles;
    this.names = names;
    this.nonces = nonces;
    this.clock = clock;
  }

  @Override
  public CompletionStage<Given> ask(Question question, Instant until) {
    var cloud = question.agreed().cloud().orElseThrow();
    if (isOf(Mode.BATCH, question)) {
      return arrived(question, cloud);
    }
    var given =
        clouds.find(cloud).filter(known -> known.folders().isPresent()).isPresent()
            ? byFile(question, cloud)
            : byLink(question, cloud, until);
    return given.exceptionallyCompose(
        failure -> refused(question, Failures.cause(failure), Map.of("cloud", cloud)));
  }

  /** A piece of a batch was asked for with all others. */
  private CompletionStage<Given> arrived(Question question, String cloud) {
    var piece = question.message().given().orElseThrow();
    var signed = Map.of("cloud", cloud);
    return piece
        .sent()
        .map(answered -> given(question, answered))
        .orElseGet(
            () ->
                CompletableFuture.completedStage(
                    piece
                        .fault()
                        .map(fault -> Given.refused(fault, signed))
                        .orElseGet(() -> Given.of(Release.NOTHING, signed, Optional.empty()))));
  }

  /** The digest that records name instead of what is in a file; none: they do not. */
  static Optional<String> digest(List<ObjectNode> records) {
    var values = new TreeSet<String>();
    records.forEach(record -> record.forEach(value -> values.add(value.asText())));
    return records.size() == 1 && values.size() == 1
        ? Optional.of(values.first())
            .filter(value -> NAMED.matcher(value).matches())
            .map(value -> value.substring(DIGEST.length()))
        : Optional.empty();
  }

  private static boolean isOf(Mode mode, Question question) {
    return mode(question).filter(mode::equals).isPresent();
  }

  private static Optional<Mode> mode(Question question) {
    return question.message().given().flatMap(Message.Given::mode);
  }

  private static CompletionStage<Given> refused(
      Question question, Throwable failure, Map<String, String> signed) {
    if (failure instanceof CrossingException wrong) {
      return CompletableFuture.completedStage(Given.refused(wrong.refusal(), signed));
    }
    return failure instanceof TooOftenException rate && !question.message().waits()
        ? CompletableFuture.completedStage(
            Given.refused(tooOften(question.agreed().terms().provider(), rate), signed))
        : CompletableFuture.failedStage(failure);
  }

  /** What is told of a cloud that takes no more for a moment. */
  static Refusal tooOften(String provider, TooOftenException rate) {
    return Refusal.of(
            ExchangeRefusal.EXCHANGE_CLOUD_RATE,
            "provider: %s takes no more queries now (expected: fewer a second)".formatted(provider))
        .with("retry_after", rate.retryAfter());
  }

  /** A query that waits is asked again, so that its provider is away is no answer to it. */
  private CompletionStage<Given> byLink(Question question, String cloud, Instant until) {
    var waits = question.message().waits();
    return link.ask(cloud, () -> query(question, cloud, waits), until)
        .thenCompose(
            answered ->
                waits && isAway(answered.answer().text("/refusal/code"))
                    ? CompletableFuture.failedStage(unanswered(answered.answer()))
                    : given(question, answered));
  }

  private static boolean isAway(String code) {
    return code.equals(ExchangeRefusal.EXCHANGE_PROVIDER_AWAY.name());
  }

  /** A query that waits is sent once; asking again is looking whether its answer has come. */
  private CompletionStage<Given> byFile(Question question, String cloud) {
    var message = question.message();
    Optional<Supplier<SignedMessage>> query =
        message.waits() ? Optional.of(() -> query(question, cloud)) : Optional.empty();
    return bundles
        .ask(cloud, names.apply(message.consumer(), message.id()), query)
        .thenCompose(
            answered ->
                answered.map(one -> given(question, one)).orElseGet(() -> notYet(question, cloud)));
  }

  private static CompletionStage<Given> notYet(Question question, String cloud) {
    return question.message().waits()
        ? CompletableFuture.failedStage(new IOException(cloud + ": no answer has come yet"))
        : CompletableFuture.completedStage(
            Given.refused(
                Refusal.of(
                    ExchangeRefusal.EXCHANGE_PROVIDER_AWAY,
                    "provider: "
                        + question.agreed().terms().provider()
                        + " is reached by files alone (expected: \"delivery\":"
                        + " \"when-available\", and time)"),
                Map.of("cloud", cloud)));
  }

  /** What is asked, signed. */
  SignedMessage query(Question question, String cloud) {
    return query(question, cloud, false);
  }

  private SignedMessage query(Question question, String cloud, boolean waits) {
    var agreed = question.agreed();
    var head =
        new Head(
            Head.QUERY,
            clouds.own(),
            cloud,
            question.message().id(),
            clock.instant().toString(),
            nonces.get(),
            agreed.id(),
            agreed.address(),
            "",
            "");
    var body = body(question);
    if (waits) {
      body.put(CloudDesk.DELIVERY, CloudDesk.WHEN_AVAILABLE);
    }
    return SignedMessage.sign(head, body, clouds.signer().current());
  }

  private static ObjectNode body(Question question) {
    var message = question.message();
    var body =
        JsonNodeFactory.instance
            .objectNode()
            .put("department", message.consumer())
            .put("person", message.actor().person())
            .put("role", message.actor().role());
    // Without matters nobody has looked at the case, and nothing is said of it.
    if (!question.agreed().terms().matters().isEmpty()) {
      body.putObject("case")
          .put("name", message.cited())
          .put("matter", question.cited().matter())
          .put("state", question.cited().state());
    }
    body.putObject("subject").put("number", message.subject()).put("kind", message.subjectKind());
    mode(question).ifPresent(mode -> body.put("mode", CloudDesk.word(mode)));
    message.fields().forEach(body.putArray("fields")::add);
    message.claims().forEach(body.putObject("claims")::put);
    return body;
  }

  private CompletionStage<Given> given(Question question, CloudLink.Answered answered) {
    var answer = answered.answer();
    var evidence = new HashMap<>(answer.evidence());
    evidence.put("request", answered.query().hash());
    var code = answer.text("/refusal/code");
    if (!code.isEmpty()) {
      return ExchangeRefusal.of(code)
          .map(known -> Refusal.of(known, answer.text("/refusal/detail")))
          .<CompletionStage<Given>>map(
              refusal -> CompletableFuture.completedStage(Given.refused(refusal, evidence)))
          .orElseGet(() -> CompletableFuture.failedStage(unanswered(answer)));
    }
    return CompletableFuture.completedStage(taken(question, answer.body(), evidence));
  }

  /** What says nothing about the query is no answer. */
  static Exception unanswered(SignedMessage answer) {
    var code = answer.text("/refusal/code");
    var detail = answer.text("/refusal/detail");
    return code.equals(BorderCode.EXCHANGE_FILE_BEING_READ.name())
        ? new NotReadYetException(detail)
        : new IOException(code + ": " + detail);
  }

  private Given taken(Question question, ObjectNode body, Map<String, String> evidence) {
    List<ObjectNode> records = new ArrayList<>();
    for (JsonNode record : body.path("records")) {
      if (!(record instanceof ObjectNode object)) {
        return malformed("record " + records.size() + ": no object", evidence);
      }
      records.add(object);
    }
    var wanted = question.ruling().fields().stream().map(AgreementTerms.Field::item).toList();
    for (int i = 0; i < records.size(); i++) {
      var names = records.get(i).fieldNames();
      while (names.hasNext()) {
        var name = names.next();
        if (!wanted.contains(name)) {
          return malformed("record " + i + ", field " + name + ": not asked for", evidence);
        }
      }
    }
    var fault =
        body.path("records").isArray()
            ? fault(question, records)
            : Optional.of("records: none (expected: a list)");
    if (fault.isPresent()) {
      return malformed(fault.get(), evidence);
    }
    if (isOf(Mode.FILE, question) && digest(records).isEmpty()) {
      return malformed("record: no digest of a file (expected: one, in each field)", evidence);
    }
    var masked = new TreeSet<String>();
    body.path("masked").forEach(name -> masked.add(name.asText()));
    return Given.of(new Release(records, masked), evidence, asOf(body));
  }

  /** What a cloud of an older version does not say, or says in another form, is not known. */
  private static Optional<Instant> asOf(ObjectNode body) {
    try {
      return Optional.of(body.path("data_as_of").asText(""))
          .filter(text -> !text.isEmpty())
          .map(Instant::parse);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Of a file each field is the digest, whatever the schema says of its values. */
  private Optional<String> fault(Question question, List<ObjectNode> records) {
    return isOf(Mode.FILE, question)
        ? AnswerForm.outside(records, question.agreed())
        : form.faultOfReleased(records, question.agreed());
  }

  private static Given malformed(String found, Map<String, String> evidence) {
    return Given.refused(Refusal.of(ExchangeRefusal.EXCHANGE_ANSWER_MALFORMED, found), evidence);
  }
}
