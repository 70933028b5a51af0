package govcloud.node.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import govcloud.domain.Refusal;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * The one way from a call to an entity and back: key, expected version, dry run, trace, refusal,
 * receipt.
 */
public final class Commands {

  private static final int SECONDS_UNTIL_FIRST_LOOK = 1;

  private final Entities entities;

  public Commands(Entities entities) {
    this.entities = entities;
  }

  /** All entities of the cloud. */
  public Entities entities() {
    return entities;
  }

  /** Asks {@code command}; a refusal fails the stage as a problem. */
  public <S> CompletionStage<Answer<S>> ask(Call call, String entityId, Object command) {
    return entities.<S>ask(entityId, request(call, command)).thenApply(Commands::accepted);
  }

  /** Looks whether {@link #ask} would be accepted, and stores nothing. */
  public <S> CompletionStage<Answer<S>> tryOut(Call call, String entityId, Object command) {
    return entities
        .<S>ask(entityId, request(call, command).dryRun(true))
        .thenApply(Commands::accepted);
  }

  private static Request<Object> request(Call call, Object command) {
    var key = call.idempotencyKey();
    var request =
        Request.of(command, call.actor())
            .withKey(key, key.isEmpty() ? "" : hash(call))
            .dryRun(call.dryRun())
            .tracedBy(call.traceId());
    var match = call.parameter("if-match").filter(value -> !value.equals("*"));
    if (match.isPresent()) {
      request = request.expecting(Long.parseLong(match.get().replace("\"", "")));
    }
    return request;
  }

  /** Reads an entity; one to which nothing has ever happened fails the stage with 404. */
  public <S> CompletionStage<Answer<S>> read(String entityId) {
    return entities
        .<S>read(entityId)
        .thenApply(
            answer -> {
              if (!answer.exists()) {
                throw Problem.of(
                        BorderCode.NOT_FOUND, entityId + ": none (expected: one that exists)")
                    .asException();
              }
              return answer;
            });
  }

  /** The answer to a command that was accepted; a refusal is thrown as a problem. */
  public static <S> Answer<S> accepted(Answer<S> answer) {
    if (!answer.accepted()) {
      throw refused(answer.refusal(), answer.version()).asException();
    }
    return answer;
  }

  private static Problem refused(Refusal refusal, long version) {
    var problem = Problem.of(refusal);
    return problem.status() == 412
        ? problem.header("ETag", etag(version)).with("version", version)
        : problem;
  }

  /** Asks {@code command} and answers with a receipt and status 200. */
  public CompletionStage<HttpResponse> change(Call call, String entityId, Object command) {
    return ask(call, entityId, command)
        .thenApply(answer -> reply(call, 200, entityId, answer, new Fields()));
  }

  /** The receipt for a new thing: 201 and where it is, or 200 when it was there before. */
  public static HttpResponse created(
      Call call, String entityId, Answer<?> answer, String location, Fields more) {
    var isNew = answer.version() == 1 && !answer.replayed() && !call.dryRun();
    var response = reply(call, isNew ? 201 : 200, entityId, answer, more);
    return isNew ? Replies.header(response, "Location", location) : response;
  }

  /** The receipt for something that goes on by itself: 202 and the operation to follow. */
  public static HttpResponse started(
      Call call, String entityId, Answer<?> answer, String operation) {
    if (call.dryRun() || operation.isEmpty()) {
      return reply(call, 200, entityId, answer, new Fields());
    }
    var response = reply(call, 202, entityId, answer, new Fields().with("operation", operation));
    return Replies.header(
        Replies.header(response, "Location", "/v1/operations/" + operation),
        "Retry-After",
        Integer.toString(SECONDS_UNTIL_FIRST_LOOK));
  }

  private static HttpResponse reply(
      Call call, int status, String entityId, Answer<?> answer, Fields more) {
    var receipt =
        new Fields()
            .with("id", entityId)
            .with("version", answer.version())
            .with("status", answer.status())
            .with("at", answer.at())
            .with("replayed", answer.replayed());
    if (call.dryRun()) {
      receipt.with("dry_run", true);
    }
    more.map().forEach(receipt::with);
    return new Foundation(List.of(answer.consistencyToken()), answer.replayed())
        .under(versioned(Replies.json(status, receipt.map()), answer));
  }

  /** An answer with the version and the consistency token of what it shows. */
  public static HttpResponse versioned(HttpResponse response, Answer<?> answer) {
    return Replies.header(
        Replies.header(response, "ETag", etag(answer.version())),
        "X-Consistency-Token",
        answer.consistencyToken());
  }

  private static String etag(long version) {
    return "\"" + version + "\"";
  }

  /** What makes two requests the same one: operation, target, body and who acts. */
  public static String hash(Call call) {
    return Hashes.hex(
        call.request().method().name().getBytes(UTF_8),
        call.request().getUri().getPathString().getBytes(UTF_8),
        call.body().isMissingNode() ? new byte[0] : Json.canonical(call.body()),
        call.actor().person().getBytes(UTF_8),
        call.actor().role().getBytes(UTF_8));
  }

  /** An identifier that the same request with the same key gets again, and no other request. */
  public static String identifier(String prefix, Call call) {
    var seed = call.idempotencyKey().isEmpty() ? call.nonce() : call.idempotencyKey();
    var path = call.request().getUri().getPathString();
    return prefix + Hashes.hex(seed.getBytes(UTF_8), path.getBytes(UTF_8)).substring(0, 24);
  }
}
