package govcloud.replication.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that ends after some bytes. */
final class BoundedStream extends FilterInputStream {
  private long left;

  BoundedStream(InputStream in, long length) {
    super(in);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    int found = left > 0 ? super.read() : -1;
    left -= found >= 0 ? 1 : 0;
    return found;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (left == 0 && length > 0) {
      return -1;
    }
    int found = super.read(into, from, (int) Math.min(length, left));
    left -= Math.max(0, found);
    return found;
  }
}
