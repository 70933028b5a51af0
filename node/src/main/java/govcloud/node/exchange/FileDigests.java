package govcloud.node.exchange;

import govcloud.domain.casework.Attachment;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.node.attachment.Attachments;
import govcloud.node.http.Failures;
import govcloud.replication.blob.BlobContent;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/**
 * The digests of files. A file is read through once before anything of it is let out: so it is
 * known to be whole, and what is recorded names its content.
 */
final class FileDigests {

  private static final int MOST_KEPT = 1_000;

  private final ActorSystem<?> system;
  private final Map<String, Reading> known = new ConcurrentHashMap<>();

  /**
   * A file that is read.
   *
   * @param bytes that were read so far
   */
  private record Reading(AtomicLong bytes, CompletableFuture<String> digest) {}

  FileDigests(ActorSystem<?> system) {
    this.system = system;
  }

  /**
   * Lower-case hexadecimal SHA-256.
   *
   * @param patience how long whoever asks waits; the file is read on, and the next one who asks
   *     finds its digest
   * @return fails when the file is damaged, and with {@link NotReadYetException}
   */
  CompletionStage<String> of(
      Attachment file, Supplier<CompletionStage<BlobContent>> content, Duration patience) {
    if (known.size() >= MOST_KEPT) {
      known.values().removeIf(reading -> reading.digest().isDone());
    }
    var reading =
        known.compute(
            file.address(),
            (address, before) ->
                before == null || before.digest().isCompletedExceptionally()
                    ? begin(content)
                    : before);
    return reading
        .digest()
        .copy()
        .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    Failures.cause(failure) instanceof TimeoutException
                        ? NotReadYetException.of(reading.bytes().get(), file.length())
                        : failure));
  }

  private Reading begin(Supplier<CompletionStage<BlobContent>> content) {
    var bytes = new AtomicLong();
    return new Reading(
        bytes, content.get().thenCompose(some -> read(some, bytes)).toCompletableFuture());
  }

  private CompletionStage<String> read(BlobContent content, AtomicLong read) {
    return Attachments.bytes(content, 0, content.length())
        .runWith(
            Sink.fold(
                CanonicalJson.sha256(),
                (MessageDigest digest, ByteString bytes) -> {
                  digest.update(bytes.asByteBuffer());
                  read.addAndGet(bytes.size());
                  return digest;
                }),
            system)
        .thenApply(digest -> HexFormat.of().formatHex(digest.digest()));
  }
}
