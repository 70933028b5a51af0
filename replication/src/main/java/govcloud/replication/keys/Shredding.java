package govcloud.replication.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Overwrites what must not be read again before its file is deleted. How far that reaches depends
 * on the disk: copies that a file system or a flash disk keeps of a block are not overwritten.
 */
public final class Shredding {
  private Shredding() {}

  /** Overwrites a file with zeros, on the disk; one that is not there is as good as overwritten. */
  public static void overwrite(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(Math.toIntExact(channel.size()));
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
      channel.force(true);
    } catch (NoSuchFileException gone) {
      // Somebody else has deleted it.
    }
  }
}
