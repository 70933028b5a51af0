package govcloud.faultlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.KeyFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drill of a living cloud with the programs that people run, as docs/runbook-drill.md says: it
 * is good, production does not notice, and one that is killed leaves nothing behind.
 */
@Tag("slow")
@Tag("manual") // Four minutes; DrillCommandIT is in the check.
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class DrillIT {
  private static final Path ROOT = root();

  @TempDir private Path folder;

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("govcloud")) ? here : here.getParent();
  }

  /** What a command wrote. */
  private record Ended(int code, String out, String err) {
    private JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  private Process start(Path err, String... command) throws IOException {
    List<String> line = new ArrayList<>(List.of(command));
    line.set(0, ROOT.resolve(command[0]).toString());
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(err.toFile());
    builder.environment().put("GOVCLOUD_NO_BUILD", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }

  private Ended run(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("govcloud"));
    line.addAll(List.of(command));
    line.add("--home=" + home());
    return end(line.toArray(new String[0]));
  }

  private Ended end(String... line) throws IOException, InterruptedException {
    Path err = Files.createTempFile(folder, "err", ".txt");
    Process process = start(err, line);
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  private Path home() {
    return folder.resolve("home");
  }

  @Test
  void livingCloud_drilled_isGood_andAKilledDrillLeavesNothing() throws Exception {
    assumeTrue(
        Files.exists(ROOT.resolve("recovery-tool/target/govcloud-recover.jar")),
        "the programs are not packaged");
    try {
      Ended up = run("up", "--nodes=1", "--port=0");
      assertThat(up.code()).as(up.err()).isZero();
      KeyFolder keys = new KeyFolder(home().resolve("keys"));
      Path drillKey = home().resolve("drill.key");
      new DrillGrants(keys)
          .grant(
              DrillHalf.make(drillKey, keys.recovery().cloud(), new SecureRandom()),
              keys.signing());
      drillIsGood();
      killedDrillLeavesNothing();
      assertThat(run("tenant", "list").code()).as("production").isZero();
    } finally {
      assertThat(run("down").code()).isZero();
    }
  }

  private void drillIsGood() throws Exception {
    Ended drill = run("drill", "run", "--asked-by=zhang", "--approved-by=li", "--output=json");
    assertThat(drill.code()).as(drill.err() + drill.out()).isZero();
    JsonNode report = drill.json();
    assertThat(report.path("outcome").asText()).isEqualTo("good");
    assertThat(report.path("measured").path("apps_tried").asInt()).isPositive();
    assertThat(report.path("smoke").findValuesAsText("step"))
        .contains("read a case", "read its history", "comment on a case");
    Ended shown = run("drill", "show", report.path("drill").asText(), "--output=json");
    assertThat(shown.json().path("signature").asText()).isEqualTo("right");
    assertThat(home().resolve("drills/work")).doesNotExist();
  }

  private void killedDrillLeavesNothing() throws Exception {
    Path drills = home().resolve("drills");
    Process drill =
        start(
            folder.resolve("killed.txt"),
            "recover",
            "drill",
            "run",
            "--archive=" + home().resolve("sibling/received"),
            "--drill-key=" + home().resolve("drill.key"),
            "--drill-grants=" + home().resolve("keys/drill"),
            "--drills=" + drills,
            "--asked-by=zhang",
            "--approved-by=li");
    Path noted = drills.resolve("work/processes");
    await()
        .atMost(Duration.ofMinutes(4))
        .until(() -> Files.exists(noted) && Files.readAllLines(noted).size() == 2);
    List<Long> pids = new ArrayList<>();
    for (String line : Files.readAllLines(noted)) {
      pids.add(Long.parseLong(line.split(" ", -1)[0]));
    }
    assertThat(drill.descendants().toList()).hasSizeGreaterThanOrEqualTo(2);
    drill.destroyForcibly().waitFor();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(pids)
                    .as("Cassandra and node end with the drill, however it ends")
                    .noneMatch(
                        pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)));
    assertThat(drills.resolve("work")).exists();
    cleaned(drills);
  }

  private void cleaned(Path drills) throws Exception {
    Ended clean = end("recover", "drill", "clean", "--drills=" + drills, "--output=json");
    assertThat(clean.code()).as(clean.err()).isZero();
    assertThat(clean.json().path("bytes").asLong()).isPositive();
    assertThat(drills.resolve("work")).doesNotExist();
    Ended list = run("drill", "list", "--output=json");
    assertThat(list.json().path("items").findValuesAsText("outcome"))
        .containsExactly("not_ended", "good");
  }
}
