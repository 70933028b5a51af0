package govcloud.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A gateway between two folders: carries over, in any order, what lies in one into the other, and
 * as long as it is told to be careless loses files and brings some twice.
 */
final class Courier implements AutoCloseable {
  private final Path from;
  private final Path to;
  private final Random random;
  private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor();
  private final List<Path> again = new ArrayList<>();
  private volatile boolean careless = true;
  private final AtomicInteger carried = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger doubled = new AtomicInteger();

  Courier(Path from, Path to, long seed) throws IOException {
    this.from = Files.createDirectories(from);
    this.to = Files.createDirectories(to);
    this.random = new Random(seed);
    var unused = rounds.scheduleWithFixedDelay(this::round, 100, 100, TimeUnit.MILLISECONDS);
  }

  private void round() {
    try {
      for (Path copy : List.copyOf(again)) {
        bring(copy, copy.getFileName().toString().substring(1));
      }
      again.clear();
      for (Path file : files()) {
        carry(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(from)) {
      files =
          new ArrayList<>(
              listed.filter(file -> !file.getFileName().toString().startsWith(".")).toList());
    }
    Collections.shuffle(files, random);
    return files;
  }

  private void carry(Path file) throws IOException {
    String name = file.getFileName().toString();
    int chance = careless ? random.nextInt(10) : 9;
    try {
      if (chance < 2) {
        Files.delete(file);
        lost.incrementAndGet();
        return;
      }
      if (chance < 4) {
        again.add(Files.copy(file, from.resolve("." + name), StandardCopyOption.REPLACE_EXISTING));
        doubled.incrementAndGet();
      }
      bring(file, name);
      carried.incrementAndGet();
    } catch (NoSuchFileException e) {
      // Taken back by who dropped it.
    }
  }

  private void bring(Path file, String name) throws IOException {
    Path under = to.resolve(".carried");
    Files.copy(file, under, StandardCopyOption.REPLACE_EXISTING);
    Files.delete(file);
    Files.move(under, to.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** From now on everything arrives once. */
  void beCareful() {
    careless = false;
  }

  int carried() {
    return carried.get();
  }

  int lost() {
    return lost.get();
  }

  int doubled() {
    return doubled.get();
  }

  @Override
  public void close() {
    rounds.shutdownNow();
  }
}
