package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.recovery.GoldenCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A replica that the first version kept is read for ever; of a newer one it is said that it is. */
class GoldenCloudTest {
  /** Where each of its files has the version of its format. */
  private static final int VERSION = 4;

  @TempDir private Path folder;
  private GoldenCloud cloud;

  @BeforeEach
  void unpack() throws Exception {
    cloud = GoldenCloud.in(folder, made -> said(plan(ExitCode.OK, made).json()).toString());
  }

  private static Run plan(ExitCode expected, GoldenCloud cloud) {
    return Run.of(
        expected,
        "plan",
        "--archive=" + cloud.archive(),
        "--shares=" + cloud.shares(),
        "-o",
        "json");
  }

  /** What does not depend on the machine, or on words. */
  private static JsonNode said(JsonNode plan) {
    ObjectNode said = new ObjectMapper().createObjectNode();
    for (String name : List.of("cloud", "cut", "cut_at", "last_event_at", "entities", "records")) {
      said.set(name, plan.path(name));
    }
    ArrayNode tenants = said.putArray("tenants");
    for (JsonNode tenant : plan.path("tenants")) {
      ObjectNode one = tenants.addObject();
      for (String name : List.of("tenant", "name", "disaster_class", "entities", "records")) {
        one.set(name, tenant.path(name));
      }
      one.set("events", tenant.path("events"));
    }
    return said;
  }

  private Run verify(ExitCode expected) {
    return Run.of(expected, "verify", "--archive=" + cloud.archive(), "-o", "json");
  }

  @Test
  void replicaOfTheFirstVersion_isVerified_opened_andPlannedAsItWas() throws Exception {
    JsonNode found = verify(ExitCode.OK).json();
    assertThat(found.path("sound").asBoolean()).isTrue();
    assertThat(found.path("proved_cuts").toString()).isEqualTo("[1,2]");
    JsonNode keys =
        Run.of(
                ExitCode.OK,
                "keys",
                "--archive=" + cloud.archive(),
                "--shares=" + cloud.shares(),
                "-o",
                "json")
            .json();
    assertThat(keys.path("epochs")).hasSize(3);
    JsonNode plan = new ObjectMapper().readTree(said(plan(ExitCode.OK, cloud).json()).toString());
    assertThat(plan).isEqualTo(new ObjectMapper().readTree(cloud.plan()));
    assertThat(plan.path("records").asInt()).isGreaterThan(20);
  }

  /** Each kind of file; without receipts, manifests and countersignatures it can be planned. */
  @ParameterizedTest
  @CsvSource({
    "segments/00001, gseg, RECOVERY_ARCHIVE_DAMAGED",
    "receipts/00001, grcp, ",
    "manifests, gman, ",
    "cuts, gcut, REPLICA_VERSION_UNKNOWN",
    "cuts, gcnt, "
  })
  void fileOfANewerVersion_isNamedAsSuch_andNotRead(String kind, String suffix, String code)
      throws Exception {
    Path file = last(cloud.archive().resolve(kind), suffix);
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes[VERSION]).isEqualTo((byte) 1);
    bytes[VERSION]++;
    assertThat(file.toFile().setWritable(true)).isTrue();
    Files.write(file, bytes);
    JsonNode found = verify(ExitCode.FINDINGS).json();
    assertThat(found.path("findings").findValuesAsText("defect"))
        .contains("REPLICA_VERSION_UNKNOWN");
    assertThat(found.path("findings").findValuesAsText("file"))
        .contains(cloud.archive().relativize(file).toString());
    Run plan = plan(code == null ? ExitCode.OK : ExitCode.FINDINGS, cloud);
    if (code != null) {
      assertThat(plan.err())
          .contains("REPLICA_VERSION_UNKNOWN", "2 (expected: 1)", "\"" + code + "\"");
    }
  }

  private static Path last(Path folder, String suffix) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(suffix))
          .max(Path::compareTo)
          .orElseThrow();
    }
  }
}
