package govcloud.replication.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files in which the sibling's nodes remember how far they have compared, and their end. */
final class Checkpoints {
  private static final int HEAD = 12;

  private final World world;
  private Path folder;

  Checkpoints(World world) {
    this.world = world;
  }

  /** The file of a node. */
  Path of(int node) {
    try {
      if (folder == null) {
        folder = Files.createTempDirectory("simulation");
      }
      return folder.resolve("checkpoint-" + node);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One is lost, or a byte of it is another. */
  void harm() {
    Path file = of((int) world.between(0, World.NODES));
    try {
      if (!Files.exists(file)) {
        return;
      }
      if (world.chance(0.3)) {
        Files.delete(file);
        world.tally.count(Fault.CHECKPOINT_LOST);
      } else {
        byte[] bytes = Files.readAllBytes(file);
        // What stands at its beginning says what the rest is.
        int at = world.random.nextInt(world.chance(0.5) ? HEAD : bytes.length);
        bytes[at] ^= (byte) world.between(1, 256);
        Files.write(file, bytes);
        world.tally.count(Fault.CHECKPOINT_DAMAGED);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete() {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
