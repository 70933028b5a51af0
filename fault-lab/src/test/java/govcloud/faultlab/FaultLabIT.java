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
  /** Its three rounds have each of eight kinds once, in about 42 seconds. */
  private static final long SEED = 49_821;

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
                "3",
                "--minutes",
                "8",
                "--cases",
                "10",
                "--bound",
                "240",
                "--only",
                "NODE_KILL,NODE_PAUSE,NODE_WITHOUT_PEERS,NODE_CLOCK,CASSANDRA_KILL,"
                    + "CASSANDRA_CLOCK,SIBLING_KILL,LINE_SLOW"),
            folder,
            SEED);
    Files.createDirectories(folder);
    var log = folder.resolve("trial.log").toFile();
    int code = FaultLabMain.run(settings, ProcessBuilder.Redirect.to(log));
    assertThat(code).as(() -> "history, schedule, stored rows and logs are in " + folder).isZero();
    assertThat(Files.readString(folder.resolve("report.txt"))).contains("verdict: GREEN");
  }
}
