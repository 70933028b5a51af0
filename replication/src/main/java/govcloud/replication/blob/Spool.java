package govcloud.replication.blob;

import com.google.protobuf.ByteString;
import govcloud.replication.keys.PartKey;
import govcloud.replication.statement.ReplicaHash;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;

/**
 * Text that arrives, put aside until its hash is known. It lies in a file that has no name any more
 * once it is open, sealed under a key that only this object has: whatever ends, nothing readable
 * and nothing at all stays behind. Not for several threads at the same time.
 */
final class Spool implements AutoCloseable {
  private static final Set<StandardOpenOption> UNNAMED =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE);

  private final FileChannel file;
  private final PartKey key;
  private final MessageDigest digest = ReplicaHash.sha256();
  private final byte[] text = new byte[PartKey.CHUNK];
  private final byte[] sealed = new byte[PartKey.CHUNK + PartKey.TAG];
  private int filled;
  private int chunks;
  private ByteString hash;

  /**
   * An empty spool.
   *
   * @param folder for its file
   */
  Spool(Path folder, SecureRandom random) throws IOException {
    // The system removes the name at once; the space is given back when the channel closes.
    file =
        FileChannel.open(
            folder.resolve("attachment." + Long.toHexString(random.nextLong())), UNNAMED);
    key = PartKey.passing(random);
  }

  /** Adds text. */
  void write(byte[] bytes, int from, int length) throws IOException {
    digest.update(bytes, from, length);
    int at = from;
    while (at < from + length) {
      if (filled == text.length) {
        writeChunk(false);
      }
      int run = Math.min(text.length - filled, from + length - at);
      System.arraycopy(bytes, at, text, filled, run);
      filled += run;
      at += run;
    }
  }

  /** Ends the text; from now on it can be read. */
  void finish() throws IOException {
    writeChunk(true);
    hash = ByteString.copyFrom(digest.digest());
  }

  private void writeChunk(boolean last) throws IOException {
    int length = key.seal(chunks, last, text, filled, sealed, 0);
    ByteBuffer buffer = ByteBuffer.wrap(sealed, 0, length);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    if (!last) {
      chunks++;
      filled = 0;
    }
  }

  /** Bytes of text so far. */
  long length() {
    return (long) chunks * PartKey.CHUNK + filled;
  }

  /** SHA-256 of the text, once it has ended. */
  ByteString hash() {
    return hash;
  }

  /** Reads a chunk of the text that has ended; gives its length. */
  int read(int chunk, byte[] into) throws IOException {
    long at = (long) chunk * sealed.length;
    int length = (int) Math.min(sealed.length, file.size() - at);
    ByteBuffer buffer = ByteBuffer.wrap(sealed, 0, length);
    while (buffer.hasRemaining()) {
      if (file.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException("spool: ended at byte " + at);
      }
    }
    if (!key.open(chunk, chunk == chunks, sealed, 0, length, into, 0)) {
      throw new IOException("spool: chunk " + chunk + " was changed on disk");
    }
    return length - PartKey.TAG;
  }

  @Override
  public void close() throws IOException {
    Arrays.fill(text, (byte) 0);
    key.close();
    file.close();
  }
}
