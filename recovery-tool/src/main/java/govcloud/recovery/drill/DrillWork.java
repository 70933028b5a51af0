package govcloud.recovery.drill;

import govcloud.cli.local.Folders;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The place in which a drill works, in {@code work} of its folder: everything in it is thrown away
 * at the end, and every process that was noted is ended. A drill that was killed leaves both; the
 * next one, or {@code drill clean}, finds that nobody holds the lock and clears up after it.
 */
public final class DrillWork implements AutoCloseable {
  private static final String WORK = "work";
  private static final String LOCK = "work.lock";
  private static final String PROCESSES = "processes";
  private static final long END_SECONDS = 20;

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private DrillWork(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * What a drill left when it was killed.
   *
   * @param processes that were still there
   * @param bytes of its files
   */
  public record LeftOvers(int processes, long bytes) {
    /** Whether there was anything. */
    public boolean isNothing() {
      return processes == 0 && bytes == 0;
    }
  }

  /**
   * Takes the place.
   *
   * @param drills folder of all drills
   * @return empty while another drill works there
   */
  public static Optional<DrillWork> take(Path drills) throws IOException {
    Files.createDirectories(drills);
    FileChannel channel =
        FileChannel.open(drills.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new DrillWork(drills.resolve(WORK), channel, lock));
      }
    } catch (OverlappingFileLockException e) {
      // Another drill of this process.
    }
    channel.close();
    return Optional.empty();
  }

  /** Whether a drill works there now. */
  public static boolean isTaken(Path drills) throws IOException {
    Optional<DrillWork> work = take(drills);
    if (work.isPresent()) {
      work.get().free();
    }
    return work.isEmpty();
  }

  /** A folder in it, which is made. */
  public Path folder(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  /** Remembers a process, so that it is ended whatever becomes of this one. */
  public void note(ProcessHandle process) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve(PROCESSES),
        process.pid() + " " + begun(process) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.SYNC);
  }

  private static long begun(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  /** Ends every noted process and deletes every file. */
  public LeftOvers clear() throws IOException {
    int ended = 0;
    for (ProcessHandle process : processes()) {
      process.destroyForcibly();
      await(process);
      ended++;
    }
    return new LeftOvers(ended, Folders.delete(folder));
  }

  /** Those that run; a number that another process has by now is none. */
  private List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> processes = new ArrayList<>();
    for (String line : noted()) {
      String[] words = line.split(" ", -1);
      ProcessHandle.of(Long.parseLong(words[0]))
          .filter(process -> begun(process) == Long.parseLong(words[1]))
          .ifPresent(processes::add);
    }
    return processes;
  }

  private List<String> noted() throws IOException {
    try {
      return Files.readAllLines(folder.resolve(PROCESSES)).stream()
          .filter(line -> line.matches("\\d{1,10} \\d{1,15}"))
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private static void await(ProcessHandle process) throws IOException {
    try {
      process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("process " + process.pid() + " does not end", e);
    }
  }

  private void free() throws IOException {
    lock.release();
    channel.close();
  }

  /** Clears up, and leaves the place to others. */
  @Override
  public void close() throws IOException {
    try {
      clear();
    } finally {
      free();
    }
  }
}
