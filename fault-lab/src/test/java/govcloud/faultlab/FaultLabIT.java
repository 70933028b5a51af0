package govcloud.faultlab;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.faultlab.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class FaultLabIT {
  /**
   * Its two rounds have six kinds of faults in 39 seconds: clocks of both clouds jump while the
   * line is slow; then a Cassandra and a node of the sibling are killed while a node is cut off.
   */
  private static final long SEED = 62_142;

  @BeforeEach
  void requireSandbox() {
    var obstacle = Sandbox.obstacle();
    Assumptions.assumeTrue(obstacle.isEmpty(), () -> "no fault lab here: " + obstacle.orElse(""));
  }

  @Test
  void cloudAndItsSibling_underAFewFaults_loseNothingAndDoNothingTwice() throws Exception {
    Path folder = Path.of("target/runs/short").toAbsolutePath();
    var settings =
        TrialSettings.of(
            List.of(
                "--rounds",
                "2",
                "--minutes",
                "8",
                "--cases",
                "10",
                "--bound",
                "240",
                "--only",
                "NODE_KILL,NODE_PAUSE,NODE_CUT,NODE_CLOCK,CASSANDRA_KILL,CASSANDRA_PAUSE,"
                    + "CASSANDRA_CLOCK,SIBLING_KILL,SIBLING_CLOCK,SIBLING_FULL_DISK,LINE_CUT,LINE_ONE_WAY,LINE_LOSS,LINE_DELAY,LINE_SLOW"),
            folder,
            SEED);
    Files.createDirectories(folder);
    var log = folder.resolve("trial.log").toFile();
    int code = FaultLabMain.run(settings, ProcessBuilder.Redirect.to(log));
    assertThat(code).as(() -> "history, schedule, stored rows and logs are in " + folder).isZero();
    assertThat(Files.readString(folder.resolve("report.txt"))).contains("verdict: GREEN");
  }
}
