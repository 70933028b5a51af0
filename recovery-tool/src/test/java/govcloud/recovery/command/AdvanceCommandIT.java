package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Installation;
import govcloud.localcassandra.LocalCassandra;
import govcloud.recovery.LostCloud;
import govcloud.recovery.ServedReplica;
import govcloud.replication.reading.ReadingServer.Trouble;
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

/** {@code restore --advance} as it is typed: what it does, and how it refuses. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdvanceCommandIT {
  /** The last segment of each slice is read before the keyspace is claimed; this is behind that. */
  private static final long MIDDLE = 2L * LostCloud.Size.SMALL.slices();

  private final LocalCassandra cassandra = LocalCassandra.shared();
  private LostCloud cloud;

  @BeforeAll
  void lose(@TempDir Path folder) throws Exception {
    cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 31);
  }

  private List<String> target(String keyspace) {
    InetSocketAddress node = cassandra.contactPoint();
    return List.of(
        "--cassandra", node.getHostString() + ":" + node.getPort(), "--keyspace", keyspace);
  }

  private List<String> line(String command, String keyspace, List<String> archive) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(archive);
    all.addAll(target(keyspace));
    all.addAll(List.of("--shares", cloud.shares().get(0).getParent().toString()));
    return all;
  }

  private Run run(ExitCode expected, String command, String keyspace, String... more) {
    List<String> all = line(command, keyspace, List.of("--archive", cloud.archive().toString()));
    all.addAll(List.of(more));
    return Run.of(expected, all.toArray(new String[0]));
  }

  /** A keyspace with the first cut, proved. */
  private String cutProved(String name) {
    String keyspace = cassandra.newKeyspaceName(name);
    run(ExitCode.OK, "restore", keyspace, "--cut", "1", "--prove");
    return keyspace;
  }

  private String state(String keyspace) throws Exception {
    List<String> all = new ArrayList<>(List.of("queue", "-o", "json"));
    all.addAll(target(keyspace));
    return Run.of(ExitCode.OK, all.toArray(new String[0])).json().path("state").asText();
  }

  private long behindTheCut() {
    long before = cloud.sequencesAtCut(1).values().stream().mapToLong(count -> count).sum();
    return cloud.records().size() - before;
  }

  private CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter("datacenter1")
        .build();
  }

  @Test
  void earlierPoint_advanced_saysWhatCameSince_andIsProvedAsAWhole() throws Exception {
    String keyspace = cutProved("forward");
    Run refused = run(ExitCode.CONFLICT, "restore", keyspace);
    assertThat(refused.err())
        .contains("RECOVERY_TARGET_OTHER", "holds the recovery of harbour, cut-1");
    assertThat(state(keyspace)).isEqualTo("proved");

    Run advanced = run(ExitCode.OK, "restore", keyspace, "--advance", "-o", "json");
    assertThat(advanced.json().path("records").asLong()).isEqualTo(behindTheCut()).isPositive();
    assertThat(advanced.json().path("point").asText()).isEqualTo("latest");
    assertThat(advanced.json().path("went_on").asBoolean()).isTrue();
    assertThat(advanced.err())
        .contains("Restored harbour, latest, into keyspace " + keyspace)
        .contains("(went on with an earlier run)", "Not proved yet: no node starts on it");
    assertThat(state(keyspace)).isEqualTo("restored");

    JsonNode proof = run(ExitCode.OK, "prove", keyspace, "-o", "json").json();
    assertThat(proof.path("records").asInt()).isEqualTo(cloud.records().size());
    assertThat(state(keyspace)).isEqualTo("proved");
    Run nothing = run(ExitCode.OK, "restore", keyspace, "--advance", "--prove", "-o", "json");
    assertThat(nothing.err()).contains("Restored harbour, latest", ": 0 records in");
    assertThat(nothing.json().path("proved").asBoolean()).isTrue();
  }

  @Test
  void restoredCut_reportSaysInWordsWhatIsNotBroughtBack(@TempDir Path folder) throws Exception {
    String keyspace = cassandra.newKeyspaceName("words");
    String[] more = {"--cut", "1", "--prove", "--report", folder.toString()};
    run(ExitCode.OK, "restore", keyspace, more);
    String cards = cloud.cards().toString();
    JsonNode loss =
        Run.of(ExitCode.OK, "report", folder.toString(), "--cards", cards, "-o", "json")
            .json()
            .path("loss");
    assertThat(loss.path("events_not_restored").asLong()).isGreaterThanOrEqualTo(behindTheCut());
    assertThat(loss.path("tenants").findValuesAsText("in_words_en"))
        .hasSizeGreaterThan(2)
        .allMatch(words -> words.matches("([0-9,]+ [a-z' -]+(, )?)+"))
        .anyMatch(words -> words.contains("cases opened"));
    assertThat(Files.readString(folder.resolve("report.html"))).contains("cases opened", "新建案件 ");
  }

  /**
   * The sibling stops answering in the middle, so that the tool is killed there and nowhere else.
   */
  @Test
  void killedInBetween_noNodeMayStart_andTheSameCommandGoesOn(@TempDir Path folder)
      throws Exception {
    String keyspace = cutProved("killed");
    try (ServedReplica served = new ServedReplica(cloud, folder.resolve("zhang"))) {
      served
          .server()
          .troubles(number -> segmentsAsked(served) > MIDDLE ? Trouble.STALL : Trouble.NONE);
      List<String> line = line("restore", keyspace, served.options());
      line.add("--advance");
      Process tool = start(line);
      try {
        for (int i = 0; i < 300 && segmentsAsked(served) <= MIDDLE; i++) {
          Thread.sleep(100);
        }
        assertThat(segmentsAsked(served)).as("stands in the middle").isGreaterThan(MIDDLE);
      } finally {
        tool.destroyForcibly().waitFor();
      }
      assertThat(state(keyspace)).isEqualTo("restoring");
      assertThat(run(ExitCode.CONFLICT, "prove", keyspace).err())
          .contains("RECOVERY_TARGET_OTHER", "not restored (expected: by recover restore)");
      served.server().troubles(number -> Trouble.NONE);
      line.add("--prove");
      Run again = Run.of(ExitCode.OK, line.toArray(new String[0]));
      assertThat(again.err()).contains("Proved: ", "%,d records".formatted(cloud.records().size()));
    }
  }

  private static long segmentsAsked(ServedReplica served) {
    return served.server().asked().stream().filter(name -> name.contains("/file/segment")).count();
  }

  private static Process start(List<String> line) throws Exception {
    List<String> all = new ArrayList<>();
    all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    all.addAll(List.of("-cp", System.getProperty("java.class.path"), RecoverMain.class.getName()));
    all.addAll(line);
    return new ProcessBuilder(all).inheritIO().start();
  }

  @Test
  void whatHoldsNoEarlierPoint_isRefused_andStaysAsItIs() throws Exception {
    String absent = cassandra.newKeyspaceName("absent");
    assertThat(run(ExitCode.CONFLICT, "restore", absent, "--advance").err())
        .contains("RECOVERY_TARGET_OTHER", absent + ": not there");
    String empty = cassandra.newKeyspaceName("empty");
    try (CqlSession session = session()) {
      assertThat(session.getMetadata().getKeyspace(absent)).isEmpty();
      session.execute(
          "CREATE KEYSPACE "
              + empty
              + " WITH replication = {'class': 'NetworkTopologyStrategy', 'datacenter1': 1}");
    }
    assertThat(run(ExitCode.CONFLICT, "restore", empty, "--advance").err())
        .contains("RECOVERY_TARGET_OTHER", "holds no earlier point of harbour");

    String later = cassandra.newKeyspaceName("later");
    run(ExitCode.OK, "restore", later, "--prove");
    assertThat(run(ExitCode.CONFLICT, "restore", later, "--advance", "--cut", "1").err())
        .contains(
            "RECOVERY_TARGET_OTHER", "is restored up to segment", "and cut-1 ends with segment");
    assertThat(state(later)).isEqualTo("proved");

    String refuted = cassandra.newKeyspaceName("refuted");
    run(ExitCode.OK, "restore", refuted, "--cut", "1");
    try (CqlSession session = session()) {
      session.execute(
          "DELETE FROM " + refuted + ".log WHERE slice = 1 AND bucket = 0 AND log_offset = 1");
    }
    run(ExitCode.FINDINGS, "prove", refuted, "--cut", "1");
    assertThat(run(ExitCode.CONFLICT, "restore", refuted, "--advance").err())
        .contains("RECOVERY_TARGET_OTHER", "was found to be not as it was");
    assertThat(state(refuted)).isEqualTo("refuted");
  }

  @Test
  void keyspaceThatANodeHasServed_isRefused_andStaysServed(@TempDir Path folder) throws Exception {
    assumeTrue(
        Files.isDirectory(Installation.root().resolve("node/target/lib")),
        "the node is not packaged");
    String keyspace = cutProved("served");
    try (OpeningNode node = OpeningNode.start(folder, keyspace, cassandra, cloud)) {
      node.works("bureau-1");
    }
    assertThat(run(ExitCode.CONFLICT, "restore", keyspace, "--advance").err())
        .contains("RECOVERY_TARGET_NOT_EMPTY", "(expected: no node has worked on it)");
    assertThat(state(keyspace)).isEqualTo("proved");

    String opening = cutProved("opening");
    try (CqlSession session = session()) {
      session.execute(
          "UPDATE " + opening + ".recovery SET state = 'OPENING' WHERE cloud = 'harbour'");
    }
    assertThat(run(ExitCode.CONFLICT, "restore", opening, "--advance").err())
        .contains("RECOVERY_TARGET_NOT_EMPTY", "departments are served");
    assertThat(state(opening)).isEqualTo("opening");
  }
}
