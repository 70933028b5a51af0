package govcloud.faultlab.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Stops processes and lets them go on. */
public final class Signals {

  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private Signals() {}

  /** Freezes a process and returns when the kernel says that it is stopped. */
  public static void pause(long pid) {
    Command.run("kill", "-STOP", Long.toString(pid));
    long begin = System.nanoTime();
    while (!isPaused(pid)) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new SandboxException("process " + pid + ": runs on (expected: stopped)");
      }
      Thread.onSpinWait();
    }
  }

  /** Whether the kernel says that a process is stopped. */
  public static boolean isPaused(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    } catch (NoSuchFileException ended) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets a process go on. */
  public static void resume(long pid) {
    Command.run("kill", "-CONT", Long.toString(pid));
  }
}
