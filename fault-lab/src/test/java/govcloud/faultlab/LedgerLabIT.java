package govcloud.faultlab;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.faultlab.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Minutes long: {@code fault-lab/run --only exchange} with one seed. */
@Tag("manual")
class LedgerLabIT {
  /** Its two rounds have each of five kinds once. */
  private static final long SEED = 1689;

  @Test
  void exchanges_whileGatewaySequencerAndWitnessesAreKilled_loseNoEvidence() throws Exception {
    var obstacle = Sandbox.obstacle();
    Assumptions.assumeTrue(obstacle.isEmpty(), () -> "no fault lab here: " + obstacle.orElse(""));
    Path folder = Path.of("target/runs/exchange").toAbsolutePath();
    var arguments =
        List.of(
            "--rounds",
            "2",
            "--minutes",
            "8",
            "--cases",
            "6",
            "--bound",
            "240",
            "--only",
            "exchange");
    Files.createDirectories(folder);
    var log = folder.resolve("trial.log").toFile();
    int code =
        FaultLabMain.run(
            TrialSettings.of(arguments, folder, SEED), ProcessBuilder.Redirect.to(log));
    assertThat(code).as(() -> "history, schedule, ledgers and logs are in " + folder).isZero();
    assertThat(Files.readString(log.toPath())).contains("verdict: GREEN");
  }
}
