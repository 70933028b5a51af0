package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Installation;
import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.GoldenCloud;
import govcloud.recovery.LostCloud;
import govcloud.recovery.ServedReplica;
import govcloud.replication.reading.ReadingServer.Trouble;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
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
  void cloudThatTheFirstVersionKept_isRestoredAndProved(@TempDir Path folder) throws Exception {
    GoldenCloud golden =
        GoldenCloud.in(
            folder,
            made -> {
              throw new IllegalStateException("missing (expected: as GoldenCloudTest writes it)");
            });
    // Of a newer version, so that nobody here knows whether the sibling agreed.
    Path witness = golden.archive().resolve("cuts/0000000000000000002.gcnt");
    byte[] bytes = Files.readAllBytes(witness);
    bytes[4]++;
    Files.write(witness, bytes);
    InetSocketAddress node = cassandra.contactPoint();
    Run run =
        Run.of(
            ExitCode.OK,
            "restore",
            "--prove",
            "--archive=" + golden.archive(),
            "--shares=" + golden.shares(),
            "--cassandra=" + node.getHostString() + ":" + node.getPort(),
            "--keyspace=" + cassandra.newKeyspaceName("golden"),
            "-o",
            "json");
    assertThat(run.err()).contains("as cut 2 says, whose countersignature could not be read here");
    JsonNode proof = run.json();
    assertThat(proof.path("proved").asBoolean()).isTrue();
    JsonNode plan = new ObjectMapper().readTree(golden.plan());
    assertThat(proof.path("records")).isEqualTo(plan.path("records"));
    assertThat(proof.path("entities")).isEqualTo(plan.path("entities"));
  }

  @Test
  void lostCloud_readOverHttpsThatBreaks_isRestoredAndProved(@TempDir Path reader)
      throws Exception {
    InetSocketAddress node = cassandra.contactPoint();
    String keyspace = cassandra.newKeyspaceName("https");
    try (ServedReplica served = new ServedReplica(cloud, reader.resolve("zhang"))) {
      List<String> all = new ArrayList<>(List.of("restore", "--prove", "-o", "json"));
      all.addAll(served.options());
      all.addAll(List.of("--cassandra", node.getHostString() + ":" + node.getPort()));
      all.addAll(List.of("--keyspace", keyspace, "--shares"));
      all.add(cloud.shares().get(0).getParent().toString());
      served.server().troubles(number -> number > 60 ? Trouble.WRONG : Trouble.NONE);
      Run broken = Run.of(all.toArray(new String[0]));
      assertThat(broken.err()).contains("ARCHIVE_BYTES_WRONG");
      served
          .server()
          .troubles(
              number ->
                  number % 29 == 0 ? Trouble.CUT : number % 5 == 0 ? Trouble.SLOW : Trouble.NONE);
      JsonNode proof = Run.of(ExitCode.OK, all.toArray(new String[0])).json();
      assertThat(proof.path("proved").asBoolean()).isTrue();
      assertThat(proof.path("records").asInt()).isEqualTo(cloud.records().size());
    }
  }

  @Test
  void keyspaceWithoutRecovery_proved_isRefused_andNotClaimed() {
    String keyspace = cassandra.newKeyspaceName("empty");
    assertThat(run(ExitCode.CONFLICT, "prove", keyspace).err())
        .contains("RECOVERY_TARGET_OTHER", keyspace + ": not there");
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
    assertThat(report.json().path("cut").path("countersigned").asBoolean()).isTrue();
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
    try (CqlSession session = session()) {
      session.execute(
          "DELETE FROM " + keyspace + ".log WHERE slice = 1 AND bucket = 0 AND log_offset = 2");
    }
    Run run = run(ExitCode.FINDINGS, "prove", keyspace, "-o", "json");
    assertThat(run.json().path("proved").asBoolean()).isFalse();
    assertThat(run.json().path("findings").get(0).path("defect").asText())
        .isEqualTo("PROOF_LOG_ROW_MISSING");
    assertThat(run.err()).contains("NOT proved");
  }

  private JsonNode queue(String keyspace) throws Exception {
    InetSocketAddress node = cassandra.contactPoint();
    String address = node.getHostString() + ":" + node.getPort();
    return Run.of(
            ExitCode.OK, "queue", "--cassandra", address, "--keyspace", keyspace, "-o", "json")
        .json();
  }

  @Test
  void keyspaceThatIsNotThere_pinnedOrProved_isNotMade() {
    assertThat(run(ExitCode.CONFLICT, "prove", "govcloud_mistyped").err())
        .contains("govcloud_mistyped: not there");
    assertThat(pin(ExitCode.CONFLICT, "govcloud_mistyped", "bureau-1").err())
        .contains("RECOVERY_TARGET_OTHER", "govcloud_mistyped: not there");
    try (CqlSession session = session()) {
      assertThat(session.getMetadata().getKeyspace("govcloud_mistyped")).isEmpty();
    }
  }

  /** The tool in a process of its own, which waits for ever once a first department is proved. */
  private Process killedLater(String keyspace) throws Exception {
    InetSocketAddress node = cassandra.contactPoint();
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(WaitingProof.class.getName(), "wait"));
    line.addAll(List.of("--archive", cloud.archive().toString(), "--keyspace", keyspace));
    line.addAll(List.of("--cassandra", node.getHostString() + ":" + node.getPort()));
    line.addAll(List.of("--shares", cloud.shares().get(0).getParent().toString()));
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /**
   * The whole way: departments open one by one for a real node, the tool is killed in the middle,
   * one department is not what it was.
   */
  @Test
  void departments_openOneByOne_andWhoIsNotProvedIsNeverWrittenTo(@TempDir Path folder)
      throws Exception {
    assumeTrue(
        Files.isDirectory(Installation.root().resolve("node/target/lib")),
        "the node is not packaged");
    String keyspace = cassandra.newKeyspaceName("opening");
    run(ExitCode.OK, "restore", keyspace);
    Process tool = killedLater(keyspace);
    try {
      assertThat(tool.inputReader().lines().anyMatch("waiting"::equals)).isTrue();
      JsonNode queue = queue(keyspace);
      assertThat(queue.path("state").asText()).isEqualTo("opening");
      List<String> order = queue.path("tenants").findValuesAsText("tenant");
      assertThat(queue.path("tenants").findValuesAsText("state"))
          .containsExactly("proved", "proved", "waiting", "waiting");
      try (OpeningNode node = OpeningNode.start(folder, keyspace, cassandra, cloud)) {
        node.works(order.get(1));
        node.isClosed(order.get(3), "TENANT_WAITING", "place 2 of 2");
        await(() -> queue(keyspace).path("tenants").get(2).path("tenant").asText(), order.get(3));
        tool.destroyForcibly().waitFor();
        node.works(order.get(1));
        node.isClosed(order.get(2), "TENANT_WAITING", "place 2 of 2");
        proveTheRest(node, keyspace, order);
      }
    } finally {
      tool.destroyForcibly();
    }
  }

  private void proveTheRest(OpeningNode node, String keyspace, List<String> order)
      throws Exception {
    String entity = "tenant/" + order.get(2);
    List<Row> chunks;
    try (CqlSession session = session()) {
      String of = keyspace + ".chunk WHERE entity = '" + entity + "'";
      chunks = session.execute("SELECT * FROM " + of).all();
      session.execute("DELETE FROM " + of);
    }
    Run spoilt = run(ExitCode.FINDINGS, "prove", keyspace, "--open", "-o", "json");
    assertThat(spoilt.json().path("findings").findValuesAsText("tenant"))
        .containsOnly(order.get(2));
    assertThat(spoilt.err()).contains("stay closed");
    node.awaitOpen(order.get(3));
    node.works(order.get(3));
    node.works(order.get(1));
    node.isClosed(order.get(2), "TENANT_DAMAGED", "differences");
    assertThat(queue(keyspace).path("state").asText()).isEqualTo("opening");
    try (CqlSession session = session()) {
      for (Row row : chunks) {
        session.execute(
            "INSERT INTO "
                + keyspace
                + ".chunk (entity, to_sequence, from_sequence, encoding, records) VALUES (?, ?, ?,"
                + " ?, ?)",
            entity,
            row.getLong("to_sequence"),
            row.getLong("from_sequence"),
            row.getByte("encoding"),
            row.getByteBuffer("records"));
      }
    }
    Run proof = run(ExitCode.OK, "prove", keyspace, "--open", "-o", "json");
    assertThat(proof.json().path("records").asInt()).isEqualTo(cloud.records().size());
    node.awaitOpen(order.get(2));
    node.works(order.get(2));
    assertThat(queue(keyspace).path("state").asText()).isEqualTo("proved");
  }

  private static void await(Callable<String> what, String expected) throws Exception {
    for (int i = 0; i < 50 && !what.call().equals(expected); i++) {
      Thread.sleep(100);
    }
    assertThat(what.call()).isEqualTo(expected);
  }

  private CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter("datacenter1")
        .build();
  }
}
