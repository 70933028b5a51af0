package govcloud.node.replication;

import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.shipping.BlobLink;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.RefusedException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

/** A link for blobs that reads them no faster than so many bytes a second. */
final class ThrottledBlobLink implements BlobLink {
  private final BlobLink link;
  private final Bandwidth bandwidth;

  ThrottledBlobLink(BlobLink link, Bandwidth bandwidth) {
    this.link = link;
    this.bandwidth = bandwidth;
  }

  @Override
  public Set<BlobAddress> has(int branch) throws LinkException, RefusedException {
    return link.has(branch);
  }

  @Override
  public boolean deliver(BlobAddress address, BlobSource source)
      throws LinkException, RefusedException {
    return link.deliver(
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
        bandwidth.take(bytes, () -> ShippingRank.ATTACHMENT);
      } catch (LinkException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
  }
}
