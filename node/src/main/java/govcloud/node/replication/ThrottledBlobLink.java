package govcloud.node.replication;

import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.shipping.BlobLink;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;

/** A link for blobs that reads them no faster than so many bytes a second. */
final class ThrottledBlobLink implements BlobLink {
  private final BlobLink link;
  private final BlockingBucket bucket;

  private ThrottledBlobLink(BlobLink link, long bytesPerSecond) {
    this.link = link;
    this.bucket =
        Bucket.builder()
            .addLimit(
                limit ->
                    limit
                        .capacity(Math.max(bytesPerSecond, 1 << 16))
                        .refillGreedy(bytesPerSecond, Duration.ofSeconds(1)))
            .build()
            .asBlocking();
  }

  /**
   * The link with a limit.
   *
   * @param bytesPerSecond 0: none
   */
  static BlobLink of(BlobLink link, long bytesPerSecond) {
    return bytesPerSecond == 0 ? link : new ThrottledBlobLink(link, bytesPerSecond);
  }

  @Override
  public Set<BlobAddress> has(int branch) throws LinkException, RefusedException {
    return link.has(branch);
  }

  @Override
  public void deliver(BlobAddress address, BlobSource source)
      throws LinkException, RefusedException {
    link.deliver(
        address,
        new BlobSource() {
          @Override
          public long length() {
            return source.length();
          }

          @Override
          public InputStream open() throws IOException {
            return new Slow(source.open());
          }
        });
  }

  /** A stream that waits for its turn. */
  private final class Slow extends FilterInputStream {
    Slow(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      pay(1);
      return one;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, Math.min(length, 1 << 14));
      pay(Math.max(1, read));
      return read;
    }

    private void pay(int bytes) throws IOException {
      try {
        bucket.consume(bytes);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }
}
