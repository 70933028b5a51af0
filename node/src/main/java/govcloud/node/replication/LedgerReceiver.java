package govcloud.node.replication;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.node.http.Failures;
import govcloud.replication.link.HttpSiblingLink;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The part of the replica listener that is about the sibling's ledger. */
final class LedgerReceiver {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerReceiver.class);
  private static final Pattern SEEN = Pattern.compile(HttpSiblingLink.LEDGER + "/[0-9a-f]{64}");
  private static final int LARGEST = 32 << 20;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int UNPROCESSABLE = 422;
  private static final int UNAVAILABLE = 503;

  private final ActorSystem<?> system;
  private final Duration bodyTimeout;
  private final Supplier<Optional<LedgerIntake>> intake;

  LedgerReceiver(
      ActorSystem<?> system, Duration bodyTimeout, Supplier<Optional<LedgerIntake>> intake) {
    this.system = system;
    this.bodyTimeout = bodyTimeout;
    this.intake = intake;
  }

  /**
   * The answer, if the request is about a ledger.
   *
   * @param name what stands behind the origin in the path
   */
  Optional<CompletionStage<HttpResponse>> handle(HttpRequest request, String name) {
    boolean asks = SEEN.matcher(name).matches() && request.method().equals(HttpMethods.GET);
    boolean sends = name.equals(HttpSiblingLink.LEDGER) && request.method().equals(HttpMethods.PUT);
    if (!asks && !sends) {
      return Optional.empty();
    }
    Optional<LedgerIntake> witness = intake.get();
    if (witness.isEmpty()) {
      request.discardEntityBytes(system);
      return Optional.of(
          CompletableFuture.completedFuture(
              ReplicaListener.refusal(
                  NOT_FOUND, "LEDGER_NOT_WITNESSED", "no ledger is witnessed here")));
    }
    if (asks) {
      request.discardEntityBytes(system);
      return Optional.of(
          answered(name, witness.get().seen(name.substring(HttpSiblingLink.LEDGER.length() + 1))));
    }
    return Optional.of(
        answered(
            name,
            request
                .entity()
                .toStrict(bodyTimeout.toMillis(), LARGEST, system)
                .thenCompose(body -> witness.get().take(body.getData().toArrayUnsafe()))));
  }

  private static CompletionStage<HttpResponse> answered(
      String name, CompletionStage<byte[]> answer) {
    return answer
        .thenApply(
            body -> HttpResponse.create().withStatus(OK).withEntity(HttpEntities.create(body)))
        .exceptionally(failure -> failed(name, Failures.cause(failure)));
  }

  private static HttpResponse failed(String name, Throwable failure) {
    if (failure instanceof LedgerException ledger) {
      LOG.warn("refused: {}", ledger.getMessage());
      return ReplicaListener.refusal(
          status(ledger.defect()), ledger.defect().name(), ledger.getMessage());
    }
    return ReplicaListener.failed(name, failure);
  }

  private static int status(LedgerDefect defect) {
    return switch (defect) {
      case LEDGER_FORKED, LEDGER_ROLLED_BACK, LEDGER_MISSING -> CONFLICT;
      case LEDGER_SIGNER_UNKNOWN, LEDGER_SIGNATURE_WRONG -> FORBIDDEN;
      case LEDGER_ORIGIN_WRONG -> NOT_FOUND;
      case LEDGER_UNAVAILABLE, LEDGER_STOPPED -> UNAVAILABLE;
      default -> UNPROCESSABLE;
    };
  }
}
