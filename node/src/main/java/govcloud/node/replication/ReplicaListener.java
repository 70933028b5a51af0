package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.node.http.Problem;
import govcloud.node.http.Replies;
import govcloud.node.tls.CloudListener;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaLimits;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.receiving.ReceivedQuota;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what the sibling sends: HTTPS, and only from whoever holds the key of the certificate on
 * the sibling's card; and lets readers read it. Runs on every node; any of them may get any file.
 */
final class ReplicaListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaListener.class);
  private static final Pattern HEAD = Pattern.compile(HttpSiblingLink.HEADS + "([0-9]{1,5})");

  /** More than processors: most of the time they wait for the disk, and together for one flush. */
  private static final int THREADS = 4;

  private static final int BUSY = 64;
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int WRONG_METHOD = 405;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int UNPROCESSABLE = 422;
  private static final int UNAVAILABLE = 503;
  private static final int NO_SPACE = 507;

  private final ActorSystem<?> system;
  private final String origin;
  private final ReplicaIntake intake;
  private final ReplicationThreads threads;
  private final ReplicationThreads cutThreads;
  private final Duration bodyTimeout;
  private final BlobIntake blobs;
  private final LedgerReceiver ledger;
  private final GivenUpCaller givenUp;
  private final ReplicaReading reading;

  private ReplicaListener(
      ActorSystem<?> system,
      SiblingCloud sibling,
      ReplicaIntake intake,
      Supplier<Optional<LedgerIntake>> ledger,
      ReplicaReading reading,
      Duration bodyTimeout) {
    this.system = system;
    this.reading = reading;
    this.origin = sibling.name();
    this.givenUp = new GivenUpCaller(sibling);
    this.intake = intake;
    this.threads = ReplicationThreads.of(system, "receiver", THREADS);
    // A cut may take minutes.
    this.cutThreads = ReplicationThreads.of(system, "countersigner", 1);
    this.bodyTimeout = bodyTimeout;
    this.blobs = new BlobIntake(system, intake);
    this.ledger = new LedgerReceiver(system, bodyTimeout, ledger);
  }

  /** Begins to listen; ends with the actor system. */
  static CompletionStage<ServerBinding> start(
      ActorSystem<?> system,
      ReplicationSettings settings,
      SiblingCloud sibling,
      ReplicaIntake intake,
      Supplier<Optional<LedgerIntake>> ledger,
      ReplicaReading reading) {
    ReplicaListener listener =
        new ReplicaListener(system, sibling, intake, ledger, reading, settings.requestTimeout());
    return CloudListener.bind(
        system,
        settings.host(),
        settings.port(),
        sibling::tls,
        ReplicaLimits.FILE,
        settings.requestTimeout(),
        listener::handle);
  }

  private CompletionStage<HttpResponse> handle(HttpRequest request) {
    String prefix = HttpSiblingLink.PATH + origin + "/";
    String path = request.getUri().path();
    String rest = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
    return reading
        .handle(request, CloudListener.certificate(request), rest)
        .or(() -> givenUp.handle(request, rest).map(told -> discarded(request, told)))
        .or(() -> blobs.handle(request, rest))
        .or(() -> ledger.handle(request, rest))
        .or(() -> head(request, rest))
        .or(() -> lost(request, rest))
        .orElseGet(() -> file(request, rest));
  }

  /** How far the sibling's own slice is here. */
  private Optional<CompletionStage<HttpResponse>> head(HttpRequest request, String rest) {
    Matcher slice = HEAD.matcher(rest);
    if (!slice.matches() || !request.method().equals(HttpMethods.GET)) {
      return Optional.empty();
    }
    request.discardEntityBytes(system);
    int number = Integer.parseInt(slice.group(1));
    return Optional.of(
        threads
            .run(false, () -> intake.receiver().lastSegment(number))
            .thenApply(last -> answer(ByteString.copyFromUtf8(Long.toString(last))))
            .exceptionally(failure -> failed(rest, ReplicationThreads.cause(failure))));
  }

  /** What is lost here of what the sibling sent. */
  private Optional<CompletionStage<HttpResponse>> lost(HttpRequest request, String rest) {
    return rest.equals(HttpSiblingLink.LOST) && request.method().equals(HttpMethods.GET)
        ? Optional.of(
            discarded(
                request, answer(ByteString.copyFromUtf8(String.join("\n", intake.lost().get())))))
        : Optional.empty();
  }

  private CompletionStage<HttpResponse> file(HttpRequest request, String rest) {
    Optional<ArchiveName> name = ArchiveName.parse(rest);
    if (name.isEmpty()) {
      return discarded(
          request,
          refusal(
              NOT_FOUND, HttpSiblingLink.NAME_UNKNOWN, rest + ": no name of a file of " + origin));
    }
    if (!request.method().equals(HttpMethods.PUT)) {
      return discarded(
          request, refusal(WRONG_METHOD, "METHOD_NOT_ALLOWED", "only PUT (expected: PUT)"));
    }
    ReplicationThreads workers = name.get().kind() == StatementKind.CUT ? cutThreads : threads;
    if (workers.waiting() > BUSY) {
      return discarded(request, refusal(UNAVAILABLE, "RECEIVER_BUSY", "too much at once"));
    }
    Optional<HttpResponse> noRoom = noRoom(name.get(), request);
    if (noRoom.isPresent()) {
      return discarded(request, noRoom.get());
    }
    return request
        .entity()
        .toStrict(bodyTimeout.toMillis(), ReplicaLimits.FILE, system)
        .thenCompose(
            body ->
                workers.run(
                    false, () -> answer(intake.take(name.get(), body.getData().toArrayUnsafe()))))
        .exceptionally(failure -> failed(name.get(), ReplicationThreads.cause(failure)));
  }

  private Optional<HttpResponse> noRoom(ArchiveName name, HttpRequest request) {
    long bytes = request.entity().getContentLengthOption().orElse(0);
    if (bytes > ReplicaLimits.FILE) {
      return Optional.of(tooLarge(name));
    }
    return intake
        .full()
        .map(full -> refusal(NO_SPACE, "RECEIVER_FULL", full))
        .or(
            () ->
                intake
                    .beyondQuota(name, bytes)
                    .map(beyond -> refusal(NO_SPACE, ReceivedQuota.CODE, beyond)));
  }

  private static HttpResponse tooLarge(Object name) {
    return refusal(
        TOO_LARGE,
        ReplicaDefect.REPLICA_TOO_LARGE.name(),
        name + ": too large (expected: <= " + ReplicaLimits.FILE + " bytes)");
  }

  private CompletionStage<HttpResponse> discarded(HttpRequest request, HttpResponse answer) {
    request.discardEntityBytes(system);
    return CompletableFuture.completedFuture(answer);
  }

  private static HttpResponse answer(ByteString body) {
    return HttpResponse.create().withStatus(OK).withEntity(HttpEntities.create(body.toByteArray()));
  }

  /** The answer to a file that was not taken in. */
  static HttpResponse failed(Object name, Throwable failure) {
    if (failure instanceof DamagedReplicaException damaged) {
      ReplicaDefect defect = damaged.finding().defect();
      LOG.warn("refused: {}", damaged.getMessage());
      return refusal(status(defect), defect.name(), damaged.getMessage());
    }
    if (failure instanceof EntityStreamSizeException) {
      return tooLarge(name);
    }
    LOG.warn("{}: not kept: {}", name, failure.toString());
    return refusal(UNAVAILABLE, "RECEIVER_UNAVAILABLE", name + ": cannot be kept now");
  }

  private static int status(ReplicaDefect defect) {
    return switch (defect) {
      case REPLICA_GAP, REPLICA_FORKED, REPLICA_MISSING, REPLICA_ROLLED_BACK, REPLICA_SITE_FENCED ->
          CONFLICT;
      case REPLICA_TOO_LARGE -> TOO_LARGE;
      case REPLICA_ORIGIN_HELD -> UNAVAILABLE;
      default -> UNPROCESSABLE;
    };
  }

  /** A refusal with its code. */
  static HttpResponse refusal(int status, String code, String detail) {
    Problem problem =
        new Problem(
            status,
            code,
            "The file is not taken",
            detail,
            List.of(),
            Map.of(),
            Map.of(HttpSiblingLink.CODE, code));
    return Replies.problem(problem, HttpSiblingLink.PATH, "");
  }
}
