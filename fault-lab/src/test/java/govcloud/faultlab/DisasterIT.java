package govcloud.faultlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole of it, with the programs that people run: a cloud and its sibling, demo data, clerks at
 * work, the site destroyed, recovery with three shares, proof, clerks at work again.
 */
@Tag("slow")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class DisasterIT {
  private static final Path ROOT = root();

  @TempDir private Path folder;

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("govcloud")) ? here : here.getParent();
  }

  /** What a command wrote. */
  private record Ended(int code, String out, String err) {}

  private Ended run(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(ROOT.resolve("govcloud").toString()));
    line.addAll(List.of(command));
    line.add("--home=" + folder.resolve("home"));
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(err.toFile());
    builder.environment().put("GOVCLOUD_NO_BUILD", "1");
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), out, Files.readString(err));
  }

  @Test
  void siteDestroyed_cloudIsRebuiltFromItsSibling_provedAndServing() throws Exception {
    assumeTrue(
        Files.exists(ROOT.resolve("recovery-tool/target/govcloud-recover.jar")),
        "the programs are not packaged");
    try {
      Ended up = run("up", "--nodes=1", "--port=0");
      assertThat(up.code()).as(up.err()).isZero();
      // What rebuilds the cloud afterwards lies in its sibling's archive.
      try (Stream<Path> bundle = Files.list(folder.resolve("home/sibling/received/bundle"))) {
        assertThat(bundle.map(one -> one.resolve("recover")))
            .singleElement()
            .matches(Files::isExecutable);
      }
      Ended disaster = run("disaster", "--yes", "--seconds=4", "--output=json");
      assertThat(disaster.code()).as(disaster.err()).isZero();
      JsonNode told = new ObjectMapper().readTree(disaster.out());
      int before = told.path("acknowledged_before").asInt();
      assertThat(before).isPositive();
      // What is lost is what had not reached the sibling yet, and no more.
      assertThat(told.path("lost").asInt()).isLessThan(before);
      assertThat(told.path("acknowledged_after").asInt()).isPositive();
      double first = told.path("first_department_seconds").asDouble();
      assertThat(first).isPositive();
      assertThat(told.path("recovery_time_seconds").asDouble()).isGreaterThanOrEqualTo(first);
      assertThat(told.path("proof").path("proved").asBoolean()).isTrue();
      Ended keys = run("keys", "list", "--output=json");
      // The old site's key and the one for which the officers vouched.
      assertThat(new ObjectMapper().readTree(keys.out()).findValuesAsText("kind"))
          .as(keys.err())
          .filteredOn("signing"::equals)
          .hasSize(2);
      Ended status = run("replication", "status", "--output=json");
      assertThat(status.out()).as(status.err()).contains("extranet-sibling");
    } finally {
      assertThat(run("down").code()).isZero();
    }
  }
}
