package govcloud.recovery.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrillWorkTest {
  @TempDir private Path drills;

  /** A drill that works until it is killed: a process of its own. */
  private Process killedLater() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            WorkingMain.class.getName(),
            drills.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static long said(Process drill) throws IOException {
    return Long.parseLong(drill.inputReader().readLine());
  }

  @Test
  void placeInUse_takenAgain_isRefused_untilItIsLeft() throws Exception {
    try (DrillWork first = DrillWork.take(drills).orElseThrow()) {
      assertThat(first.folder("cassandra")).isDirectory();
      assertThat(DrillWork.take(drills)).isEmpty();
      assertThat(DrillWork.isTaken(drills)).isTrue();
    }
    assertThat(drills.resolve("work")).doesNotExist();
    assertThat(DrillWork.isTaken(drills)).isFalse();
  }

  @Tag("slow")
  @Test
  void killedDrill_processesAndDataAreFoundAndGone() throws Exception {
    Process drill = killedLater();
    long child = said(drill);
    ProcessHandle left = ProcessHandle.of(child).orElseThrow();
    assertThat(DrillWork.isTaken(drills)).isTrue();
    drill.destroyForcibly().waitFor();
    assertThat(left.isAlive()).isTrue();
    try (DrillWork next = DrillWork.take(drills).orElseThrow()) {
      DrillWork.LeftOvers found = next.clear();
      assertThat(found.processes()).isEqualTo(1);
      assertThat(found.bytes()).isGreaterThan(WorkingMain.BYTES);
      assertThat(left.isAlive()).isFalse();
      assertThat(drills.resolve("work")).doesNotExist();
      assertThat(next.clear().isNothing()).isTrue();
    }
  }

  @Test
  void processOfTheSameNumber_begunLater_isNoneOfThem() throws Exception {
    Process other = new ProcessBuilder("sleep", "60").start();
    try (DrillWork place = DrillWork.take(drills).orElseThrow()) {
      Path noted = place.folder(".").resolve("processes");
      Files.writeString(noted, other.pid() + " 1\n" + "torn li");
      assertThat(place.clear().processes()).isZero();
      assertThat(other.isAlive()).isTrue();
    } finally {
      other.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
    }
  }
}
