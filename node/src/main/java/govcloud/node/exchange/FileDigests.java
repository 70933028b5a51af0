package govcloud.node.exchange;

import govcloud.domain.casework.Attachment;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.node.attachment.Attachments;
import govcloud.replication.blob.BlobContent;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/**
 * The digests of files. A file is read through once before anything of it is let out: so it is
 * known to be whole, and what is recorded names its content.
 */
final class FileDigests {

  /**
   * Whoever asks waits so long; the file is read on, and the next one who asks finds its digest.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final int MOST_KEPT = 1_000;

  private final ActorSystem<?> system;
  private final Map<String, CompletableFuture<String>> known = new ConcurrentHashMap<>();

  FileDigests(ActorSystem<?> system) {
    this.system = system;
  }

  /** Lower-case hexadecimal SHA-256; fails when the file is damaged or not read yet. */
  CompletionStage<String> of(Attachment file, Supplier<CompletionStage<BlobContent>> content) {
    if (known.size() >= MOST_KEPT) {
      known.values().removeIf(CompletableFuture::isDone);
    }
    var digest =
        known.computeIfAbsent(
            file.address(), address -> content.get().thenCompose(this::read).toCompletableFuture());
    if (digest.isCompletedExceptionally()) {
      known.remove(file.address(), digest);
    }
    return digest.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private CompletionStage<String> read(BlobContent content) {
    return Attachments.bytes(content, 0, content.length())
        .runWith(
            Sink.fold(
                CanonicalJson.sha256(),
                (MessageDigest digest, ByteString bytes) -> {
                  digest.update(bytes.asByteBuffer());
                  return digest;
                }),
            system)
        .thenApply(digest -> HexFormat.of().formatHex(digest.digest()));
  }
}
