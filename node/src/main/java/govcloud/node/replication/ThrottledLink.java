package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;

/** A link that takes no more than so many bytes a second, so that others can use the line too. */
final class ThrottledLink implements SiblingLink {
  private static final long LARGEST = 128L << 20;

  private final SiblingLink link;
  private final Bucket bucket;

  private ThrottledLink(SiblingLink link, long bytesPerSecond) {
    this.link = link;
    this.bucket =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(Math.max(bytesPerSecond, LARGEST))
                        .refillGreedy(bytesPerSecond, Duration.ofSeconds(1))
                        .initialTokens(bytesPerSecond))
            .build();
  }

  /**
   * The link with a limit.
   *
   * @param bytesPerSecond 0: none
   */
  static SiblingLink of(SiblingLink link, long bytesPerSecond) {
    return bytesPerSecond == 0 ? link : new ThrottledLink(link, bytesPerSecond);
  }

  @Override
  public Optional<ByteString> deliver(ArchiveName name, ByteString file)
      throws LinkException, RefusedException {
    try {
      bucket.asBlocking().consume(Math.max(1, file.size()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LinkException("interrupted", e);
    }
    return link.deliver(name, file);
  }

  @Override
  public Optional<ByteString> answer(ArchiveName name) throws LinkException, RefusedException {
    return link.answer(name);
  }

  @Override
  public int window() {
    return link.window();
  }
}
