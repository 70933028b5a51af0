package govcloud.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.headers.TimeoutAccess;
import org.apache.pekko.stream.javadsl.Sink;
import scala.concurrent.duration.Duration;

/** Reads the bodies of requests as the contract says, within their size and time. */
final class RequestBodies {

  private static final String JSON_TYPE = "application/json";

  /** Problems whose request has a body of which the rest is not read. */
  private static final Set<String> UNREAD =
      Set.of(BorderCode.BODY_TOO_SLOW.name(), BorderCode.BODY_TOO_LARGE.name());

  private final ActorSystem<?> system;
  private final HttpSettings settings;

  RequestBodies(ActorSystem<?> system, HttpSettings settings) {
    this.system = system;
    this.settings = settings;
  }

  /**
   * A body that nobody reads would hold the connection.
   *
   * @return false: the rest of the body is not read, so the connection ends behind the answer,
   *     which has to say so, or a client would send its next request into the end
   */
  boolean discard(HttpRequest request, Problem problem) {
    if (request.entity().isStrict()) {
      return true;
    }
    if (UNREAD.contains(problem.code()) || isLong(request)) {
      request.entity().getDataBytes().runWith(Sink.cancelled(), system);
      return false;
    }
    request.discardEntityBytes(system);
    return true;
  }

  private boolean isLong(HttpRequest request) {
    return request.entity().getContentLengthOption().orElse(0) > settings.maxBody();
  }

  /** The body, checked against the contract; a missing node where the operation reads none here. */
  CompletionStage<JsonNode> read(Operation operation, HttpRequest request) {
    if (operation.streaming() == Operation.Streaming.REQUEST) {
      // How long it may take depends on how the client goes on, which the endpoint watches.
      request
          .getHeader(TimeoutAccess.class)
          .ifPresent(access -> access.timeoutAccess().updateTimeout(Duration.Inf()));
      return CompletableFuture.completedStage(MissingNode.getInstance());
    }
    if (operation.body().isEmpty()) {
      request.discardEntityBytes(system);
      return CompletableFuture.completedStage(MissingNode.getInstance());
    }
    return request.entity().isKnownEmpty()
        ? CompletableFuture.completedStage(checked(operation, new byte[0]))
        : json(operation, request.entity());
  }

  private CompletionStage<JsonNode> json(Operation operation, RequestEntity entity) {
    var type = entity.getContentType().mediaType().toString();
    if (!type.equals(JSON_TYPE)) {
      throw Problem.of(
              BorderCode.CONTENT_TYPE_UNSUPPORTED,
              "Content-Type: " + type + " (expected: " + JSON_TYPE + ")")
          .header("Accept", JSON_TYPE)
          .asException();
    }
    if (entity.getContentLengthOption().orElse(0) > settings.maxBody()) {
      throw Problem.of(
              BorderCode.BODY_TOO_LARGE,
              "body: "
                  + entity.getContentLengthOption().getAsLong()
                  + " bytes (expected: <= "
                  + settings.maxBody()
                  + ")")
          .asException();
    }
    return entity
        .toStrict(settings.bodyTimeout().toMillis(), settings.maxBody(), system)
        .handle(
            (strict, failure) -> {
              if (failure != null) {
                throw unread(failure);
              }
              return checked(operation, strict.getData().toArray());
            });
  }

  private static RuntimeException unread(Throwable failure) {
    if (failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException) {
      return Problem.of(BorderCode.BODY_TOO_SLOW, "body: not there in time (expected: all of it)")
          .asException();
    }
    return new CompletionException(failure);
  }

  private static JsonNode checked(Operation operation, byte[] bytes) {
    if (bytes.length == 0) {
      if (operation.bodyNeeded()) {
        throw Problem.of(BorderCode.BODY_MISSING, "body: empty (expected: JSON)").asException();
      }
      return MissingNode.getInstance();
    }
    var body = Json.read(bytes);
    Requests.checkBody(operation.body().orElseThrow(), body);
    return body;
  }
}
