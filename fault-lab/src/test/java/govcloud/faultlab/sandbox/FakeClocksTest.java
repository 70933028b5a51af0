package govcloud.faultlab.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FakeClocksTest {

  private static final Duration WAIT = Duration.ofMillis(50);
  private static final int WAITS = 10;

  @TempDir Path folder;

  /** A program of its own, as clocks are moved for programs: how long so many waits take. */
  static final class Waits {
    private Waits() {}

    @SuppressWarnings({"SystemOut", "JavaUtilDate"}) // read by the test, of this JVM's own clock
    public static void main(String[] arguments) {
      long begun = System.nanoTime();
      for (int i = 0; i < WAITS; i++) {
        LockSupport.parkNanos(WAIT.toNanos());
      }
      System.out.println((System.nanoTime() - begun) / 1_000_000);
      System.out.println(System.currentTimeMillis());
    }
  }

  @Test
  void movedClock_program_seesItAndWaitsAsLongAsEver() throws IOException, InterruptedException {
    FakeClocks clocks = new FakeClocks(true, folder);
    assumeTrue(clocks.arePossible(), "libfaketime is not installed");
    List<String> command = new ArrayList<>(clocks.follow("here"));
    clocks.move("here", 3600);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Waits.class.getName()));

    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines =
        new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();

    assertEquals(0, program.waitFor(), lines.toString());
    assertTrue(Long.parseLong(lines.get(0)) >= WAITS * WAIT.toMillis() / 2, lines.toString());
    long ahead = Long.parseLong(lines.get(1)) - System.currentTimeMillis();
    assertEquals(3600, ahead / 1000.0, 60, lines.toString());
  }
}
