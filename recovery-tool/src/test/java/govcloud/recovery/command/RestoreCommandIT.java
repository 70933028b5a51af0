package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.LostCloud;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator types, on a real Cassandra. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestoreCommandIT {
  private final LocalCassandra cassandra = LocalCassandra.shared();
  private LostCloud cloud;

  @BeforeAll
  void lose(@TempDir Path folder) throws Exception {
    cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 17);
  }

  private Run run(ExitCode expected, String command, String keyspace, String... more) {
    InetSocketAddress node = cassandra.contactPoint();
    List<String> all = new ArrayList<>();
    all.addAll(List.of(command, "--archive", cloud.archive().toString()));
    all.addAll(List.of("--cassandra", node.getHostString() + ":" + node.getPort()));
    all.addAll(List.of("--keyspace", keyspace, "--shares"));
    all.add(cloud.shares().get(0).getParent().toString());
    all.addAll(List.of(more));
    return Run.of(expected, all.toArray(new String[0]));
  }

  private Run pin(ExitCode expected, String keyspace, String tenant) {
    InetSocketAddress node = cassandra.contactPoint();
    String address = node.getHostString() + ":" + node.getPort();
    return Run.of(expected, "pin", tenant, "--cassandra", address, "--keyspace", keyspace);
  }

  @Test
  void lostCloud_restoredAndProved_isWhatItWas() throws Exception {
    String keyspace = cassandra.newKeyspaceName("command");
    JsonNode restored = run(ExitCode.OK, "restore", keyspace, "-o", "json").json();
    assertThat(restored.path("records").asInt()).isEqualTo(cloud.records().size());
    assertThat(restored.path("went_on").asBoolean()).isFalse();
    assertThat(pin(ExitCode.OK, keyspace, "bureau-2").out()).contains("waiting");
    JsonNode proof = run(ExitCode.OK, "prove", keyspace, "-o", "json").json();
    assertThat(proof.path("first_tenant_seconds").asDouble()).isPositive();
    assertThat(pin(ExitCode.OK, keyspace, "bureau-2").out()).contains("proved");
    assertThat(pin(ExitCode.NOT_FOUND, keyspace, "nobody").err())
        .contains("RECOVERY_TENANT_UNKNOWN");
    assertThat(proof.path("proved").asBoolean()).isTrue();
    assertThat(proof.path("entities").asInt()).isEqualTo(cloud.entities().size());
    assertThat(proof.path("tenants")).hasSize(cloud.tenants().size());
    assertThat(run(ExitCode.CONFLICT, "prove", keyspace, "--cut", "1").err())
        .contains("RECOVERY_TARGET_OTHER");
  }

  @Test
  void keyspaceWithoutRecovery_proved_isRefused_andNotClaimed() {
    String keyspace = cassandra.newKeyspaceName("empty");
    assertThat(run(ExitCode.CONFLICT, "prove", keyspace).err())
        .contains("not restored (expected: by recover restore)");
    assertThat(run(ExitCode.OK, "restore", keyspace, "--cut", "1", "--prove").err())
        .contains("Proved: ")
        .contains("countersigned cut 1");
  }

  @Test
  void wholeRecovery_inOneCommand_leavesASignedReport(@TempDir Path folder) throws Exception {
    String keyspace = cassandra.newKeyspaceName("whole");
    Run run =
        run(
            ExitCode.OK,
            "restore",
            keyspace,
            "--prove",
            "--page",
            "--report",
            folder.toString(),
            "--approved-by",
            "zhang",
            "--approved-by",
            "li");
    assertThat(run.err()).contains("Page, opens once: http://127.0.0.1:").contains("Proved: ");
    assertThat(run.out()).contains("bureau-3");
    String cards = cloud.cards().toString();
    Run report = Run.of(ExitCode.OK, "report", folder.toString(), "--cards", cards, "-o", "json");
    assertThat(report.json().path("signature").asText()).isEqualTo("right");
    assertThat(report.json().path("approved_by")).hasSize(2);
    assertThat(report.json().path("cut").path("number").asInt()).isEqualTo(2);
    assertThat(report.json().path("proof").path("records").asInt())
        .isEqualTo(cloud.records().size());
    Path json = folder.resolve("report.json");
    Files.writeString(json, Files.readString(json).replace("zhang", "wang"));
    assertThat(Run.of(ExitCode.FINDINGS, "report", folder.toString(), "--cards", cards).out())
        .contains("wrong");
  }

  @Test
  void changedRow_proved_isNamed() throws Exception {
    String keyspace = cassandra.newKeyspaceName("changed");
    run(ExitCode.OK, "restore", keyspace);
    try (CqlSession session =
        CqlSession.builder()
            .addContactPoint(cassandra.contactPoint())
            .withLocalDatacenter("datacenter1")
            .build()) {
      session.execute(
          "DELETE FROM " + keyspace + ".log WHERE slice = 1 AND bucket = 0 AND log_offset = 2");
    }
    Run run = run(ExitCode.FINDINGS, "prove", keyspace, "-o", "json");
    assertThat(run.json().path("proved").asBoolean()).isFalse();
    assertThat(run.json().path("findings").get(0).path("defect").asText())
        .isEqualTo("PROOF_LOG_ROW_MISSING");
    assertThat(run.err()).contains("NOT proved");
  }
}
