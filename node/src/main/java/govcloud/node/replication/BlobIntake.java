package govcloud.node.replication;

import govcloud.replication.blob.BlobAddress;
import govcloud.replication.receiving.ReceivedQuota;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.TimeoutAccess;
import org.apache.pekko.stream.javadsl.StreamConverters;

/**
 * Attachments of the sibling: {@code PUT blobs/<branch>/<address>} streams one in, {@code GET
 * blobs/<branch>} names those that are here.
 */
final class BlobIntake {
  private static final Pattern BRANCH = Pattern.compile("blobs/([0-9a-f]{2})");
  private static final int THREADS = 2;
  private static final int BUSY = 16;
  private static final int OK = 200;
  private static final int LENGTH_REQUIRED = 411;
  private static final int UNAVAILABLE = 503;
  private static final int NO_SPACE = 507;

  /** A sibling that sends nothing for so long is given up. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ActorSystem<?> system;
  private final ReplicaIntake intake;
  private final ReplicationThreads threads;

  BlobIntake(ActorSystem<?> system, ReplicaIntake intake) {
    this.system = system;
    this.intake = intake;
    this.threads = ReplicationThreads.of(system, "blob-receiver", THREADS);
  }

  /**
   * The answer, if the request is about blobs.
   *
   * @param name what stands behind the origin in the path
   */
  Optional<CompletionStage<HttpResponse>> handle(HttpRequest request, String name) {
    Matcher branch = BRANCH.matcher(name);
    if (branch.matches() && request.method().equals(HttpMethods.GET)) {
      request.discardEntityBytes(system);
      return Optional.of(has(HexFormat.fromHexDigits(branch.group(1))));
    }
    return request.method().equals(HttpMethods.PUT)
        ? BlobAddress.ofName(name).map(address -> take(request, address))
        : Optional.empty();
  }

  private CompletionStage<HttpResponse> has(int branch) {
    return threads
        .run(true, () -> ok(intake.blobs().has(branch)))
        .exceptionally(
            failure -> ReplicaListener.failed("blobs", ReplicationThreads.cause(failure)));
  }

  private static HttpResponse ok(byte[] body) {
    return HttpResponse.create().withStatus(OK).withEntity(HttpEntities.create(body));
  }

  private CompletionStage<HttpResponse> take(HttpRequest request, BlobAddress address) {
    OptionalLong length = request.entity().getContentLengthOption();
    if (length.isEmpty()) {
      return refused(request, LENGTH_REQUIRED, "LENGTH_REQUIRED", "Content-Length is missing");
    }
    if (threads.waiting() > BUSY) {
      return refused(request, UNAVAILABLE, "RECEIVER_BUSY", "too much at once");
    }
    Optional<String> full = intake.full(length.getAsLong());
    if (full.isPresent()) {
      return refused(request, NO_SPACE, "RECEIVER_FULL", full.get());
    }
    Optional<String> beyond = intake.quota().refuses(length.getAsLong());
    if (beyond.isPresent()) {
      return refused(request, NO_SPACE, ReceivedQuota.CODE, beyond.get());
    }
    // How long it takes depends on the line; that it stands still is seen by the stream.
    request
        .getHeader(TimeoutAccess.class)
        .ifPresent(
            access ->
                access.timeoutAccess().updateTimeout(scala.concurrent.duration.Duration.Inf()));
    return threads
        .run(false, () -> take(request, address, length.getAsLong()))
        .exceptionally(
            failure -> ReplicaListener.failed(address, ReplicationThreads.cause(failure)));
  }

  private HttpResponse take(HttpRequest request, BlobAddress address, long length)
      throws Exception {
    try (InputStream in =
        request
            .entity()
            .withoutSizeLimit()
            .getDataBytes()
            .runWith(StreamConverters.asInputStream(PATIENCE), system)) {
      try {
        intake.takeBlob(address, length, in);
        return ok(new byte[0]);
      } finally {
        // Who still sends would not hear the answer.
        drain(in);
      }
    }
  }

  private static void drain(InputStream in) {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException ended) {
      // There is nobody left to hear it.
    }
  }

  private CompletionStage<HttpResponse> refused(
      HttpRequest request, int status, String code, String detail) {
    request.discardEntityBytes(system);
    return CompletableFuture.completedFuture(ReplicaListener.refusal(status, code, detail));
  }
}
