package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;

/** The background process that {@code govcloud up} leaves behind. */
public final class SupervisorMain {
  private SupervisorMain() {}

  /**
   * Runs until it is asked to end. Arguments: home, installation, kind of cloud, port of Cassandra
   * or 0.
   */
  public static void main(String[] arguments) throws IOException {
    CloudHome home = new CloudHome(Path.of(arguments[0]));
    ObjectMapper json = Json.mapper();
    Clock clock = Clock.systemUTC();
    NodeLaunch launch =
        new NodeLaunch(
            Path.of(arguments[1]),
            arguments[2],
            Integer.parseInt(arguments[3]),
            home.token(),
            home::httpClient);
    int code = ExitCode.CONFLICT.number();
    try (FileChannel channel =
            FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel)) {
      if (lock != null) {
        SupervisorProgress progress =
            new SupervisorProgress(json, home, ProcessHandle.current().pid());
        LocalPki pki = new LocalPki(home, clock, new SecureRandom());
        code = supervise(new Supervisor(json, home, launch, pki, clock, progress));
      }
    }
    Runtime.getRuntime().halt(code);
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static int supervise(Supervisor supervisor) {
    Thread main = Thread.currentThread();
    Thread end =
        new Thread(
            () -> {
              supervisor.stop();
              try {
                main.join();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      supervisor.run();
      return ExitCode.OK.number();
    } catch (CommandFailure e) {
      System.err.println(e.getMessage());
      return e.exitCode().number();
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      return ExitCode.FAILED.number();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED.number();
    }
  }
}
