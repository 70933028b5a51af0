package govcloud.node.replication;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Replies;
import govcloud.replication.keys.ReaderGrant;
import govcloud.replication.reading.ReadingDoor;
import govcloud.replication.reading.ReadingDoor.Answer;
import govcloud.replication.reading.ReadingDoor.Question;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.ResponseEntity;
import org.apache.pekko.stream.javadsl.StreamConverters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part of the replica listener that lets a recovery read what the sibling has sent: only who
 * has a grant that is not over, only reading, and each written down.
 */
final class ReplicaReading {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaReading.class);
  private static final int THREADS = 2;
  private static final int BUSY = 64;
  private static final int CHUNK = 64 << 10;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;
  private static final Duration SETTLE = Duration.ofSeconds(5);

  private final ActorSystem<?> system;
  private final Readers readers;
  private final ReadingDoor door;
  private final ReadingTrail trail;
  private final InstantSource clock;
  private final ReplicationThreads threads;

  /** Nobody has read yet. */
  ReplicaReading(
      ActorSystem<?> system,
      Readers readers,
      ReadingDoor door,
      ReadingTrail trail,
      InstantSource clock) {
    this.system = system;
    this.readers = readers;
    this.door = door;
    this.trail = trail;
    this.clock = clock;
    this.threads = ReplicationThreads.of(system, "replica-reading", THREADS);
    system
        .scheduler()
        .scheduleWithFixedDelay(SETTLE, SETTLE, trail::settle, system.executionContext());
  }

  /**
   * The answer, if a reader asks, or somebody who is none wants to read.
   *
   * @param caller certificate of who asks
   * @param name what stands behind the origin in the path
   */
  Optional<CompletionStage<HttpResponse>> handle(
      HttpRequest request, Optional<Certificate> caller, String name) {
    Optional<ReaderGrant> grant = caller.flatMap(readers::of);
    boolean reads = name.startsWith(ReadingDoor.READ) && request.method().equals(HttpMethods.GET);
    if (grant.isEmpty() && !reads) {
      return Optional.empty();
    }
    request.discardEntityBytes(system);
    var reader = new ReadingTrail.Reader(grant.map(ReaderGrant::name).orElse(""), source(request));
    if (grant.isEmpty() || !reads) {
      return Optional.of(
          denied(reader, "READER_REFUSED", "only reading, with a grant (expected: keys reader)"));
    }
    if (grant.get().isOver(clock.instant())) {
      return Optional.of(
          denied(
              reader,
              "READER_EXPIRED",
              "the grant was over at " + grant.get().until() + " (expected: a new one)"));
    }
    if (threads.waiting() > BUSY) {
      return Optional.of(refused(UNAVAILABLE, "RECEIVER_BUSY", "too much at once"));
    }
    return Optional.of(read(reader, question(request, name)));
  }

  private CompletionStage<HttpResponse> read(ReadingTrail.Reader reader, Question question) {
    return trail
        .admit(reader)
        .handle((done, failure) -> failure)
        .thenCompose(
            failure ->
                failure == null
                    ? threads
                        .run(false, () -> answer(reader, door.answer(question)))
                        .exceptionally(broken -> failed(question, broken))
                    : refused(
                        UNAVAILABLE,
                        BorderCode.AUDIT_UNAVAILABLE.name(),
                        "nobody reads what cannot be written down"));
  }

  private static Question question(HttpRequest request, String name) {
    return new Question(
        name.substring(ReadingDoor.READ.length()),
        request.getUri().query().get(ReadingDoor.AFTER),
        request.getHeader("Range").map(header -> header.value()),
        request.getHeader(ReadingDoor.WANT_DIGEST).isPresent());
  }

  private HttpResponse answer(ReadingTrail.Reader reader, Answer answer) throws IOException {
    if (!answer.code().isEmpty()) {
      try (InputStream detail = answer.body()) {
        String said = new String(detail.readAllBytes(), StandardCharsets.UTF_8);
        return headers(ReplicaListener.refusal(answer.status(), answer.code(), said), answer);
      }
    }
    trail.reads(reader, answer.length());
    return headers(
        HttpResponse.create().withStatus(answer.status()).withEntity(entity(answer)), answer);
  }

  private static ResponseEntity entity(Answer answer) {
    return answer.length() == 0
        ? HttpEntities.EMPTY
        : HttpEntities.create(
            ContentTypes.APPLICATION_OCTET_STREAM,
            answer.length(),
            StreamConverters.fromInputStream(answer::body, CHUNK));
  }

  private static HttpResponse headers(HttpResponse response, Answer answer) {
    HttpResponse with = response;
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      with = Replies.header(with, header.getKey(), header.getValue());
    }
    return with;
  }

  private static HttpResponse failed(Question question, Throwable failure) {
    LOG.warn("{}: not read: {}", question.name(), ReplicationThreads.cause(failure).toString());
    return ReplicaListener.refusal(
        UNAVAILABLE, "RECEIVER_UNAVAILABLE", question.name() + ": cannot be read now");
  }

  private CompletionStage<HttpResponse> denied(
      ReadingTrail.Reader reader, String code, String detail) {
    trail.denied(reader, code);
    return refused(FORBIDDEN, code, detail);
  }

  private static CompletionStage<HttpResponse> refused(int status, String code, String detail) {
    return CompletableFuture.completedFuture(ReplicaListener.refusal(status, code, detail));
  }

  private static String source(HttpRequest request) {
    return request
        .getAttribute(AttributeKeys.remoteAddress)
        .flatMap(address -> address.getAddress())
        .map(address -> address.getHostAddress())
        .orElse("");
  }
}
