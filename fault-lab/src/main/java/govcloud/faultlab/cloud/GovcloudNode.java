package govcloud.faultlab.cloud;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One node's process and its keeper, who starts it again when it ends by itself, as systemd and
 * Kubernetes do.
 */
public final class GovcloudNode {

  /** Like {@code RestartSec} of the systemd unit. */
  private static final long RESTART_MILLIS = 3_000;

  private final String name;
  private final List<String> command;
  private final File log;
  private Process process;
  private boolean wanted;
  private int restarts;

  GovcloudNode(String name, List<String> command, Path log) {
    this.name = name;
    this.command = List.copyOf(command);
    this.log = log.toFile();
  }

  /** Which node. */
  public String name() {
    return name;
  }

  /** Starts it; returns at once. */
  public synchronized void start() {
    wanted = true;
    if (process == null || !process.isAlive()) {
      spawn();
    }
  }

  private void spawn() {
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
              .start();
      var unused = process.onExit().thenAccept(this::ended);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ended(Process old) {
    try {
      Thread.sleep(RESTART_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    synchronized (this) {
      if (wanted && process == old) {
        restarts++;
        spawn();
      }
    }
  }

  /** The process id of the present process. */
  public synchronized long pid() {
    return process.pid();
  }

  /** Whether its process runs or is paused. */
  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** How often the keeper has started it again. */
  public synchronized int restarts() {
    return restarts;
  }

  /** Kills it at once; the keeper leaves it dead until {@link #start}. */
  public void kill() {
    end(true);
  }

  /** Asks it to leave in order and waits; the keeper leaves it until {@link #start}. */
  public void terminate() {
    end(false);
  }

  private void end(boolean atOnce) {
    Process old;
    synchronized (this) {
      wanted = false;
      old = process;
    }
    if (old == null) {
      return;
    }
    try {
      if (!atOnce) {
        old.destroy();
        if (old.waitFor(60, TimeUnit.SECONDS)) {
          return;
        }
      }
      old.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
