package govcloud.replication.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.statement.Finding;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The verifier in another language, written from the specification, comes to the same verdicts. */
@Execution(ExecutionMode.CONCURRENT)
class IndependentVerifierTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PROGRAM = Path.of("verifier/verify.mjs").toAbsolutePath();
  private static final int FEW = 390;
  private static final int MANY = 5_200;

  @TempDir private Path folder;

  @BeforeAll
  static void node() throws Exception {
    assumeTrue(hasNode(), "node is not installed (expected: Node.js 18 or newer)");
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      Process process = new ProcessBuilder("node", "--version").start();
      return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void goldenReplica_verified_isSound() throws Exception {
    Process process =
        new ProcessBuilder(
                "node",
                PROGRAM.toString(),
                GoldenReplicaTest.FOLDER.toString(),
                GoldenReplicaTest.TRUST.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("findings 0, proved cuts 1 2");
  }

  @Tag("slow")
  @Test
  void someDamages_verified_giveTheSameFindings() throws Exception {
    compare(0, FEW);
  }

  @Test
  @Tag("slow")
  void manyDamages_verified_giveTheSameFindings() throws Exception {
    compare(2_000_000, MANY);
  }

  private void compare(long firstSeed, int count) throws Exception {
    Mutations mutations = new Mutations(firstSeed);
    TestReplica sound = TestReplica.of(TestKeys.HOME, firstSeed);
    Process process = start(sound);
    try (BufferedWriter to = process.outputWriter(UTF_8);
        BufferedReader from = process.inputReader(UTF_8)) {
      for (long seed = firstSeed; seed < firstSeed + count; seed++) {
        Mutations.Mutation mutation = mutations.of(seed);
        to.write(changes(mutations, mutation) + "\n");
        to.flush();
        ReplicaReport report =
            new ReplicaVerifier(mutation.store(), mutation.blobs(), sound.trust())
                .verify(sound.anchor());
        JsonNode answer = JSON.readTree(from.readLine());
        assertThat(theirs(answer))
            .as("seed %d: %s of %s", seed, mutation.way(), mutation.names())
            .isEqualTo(ours(report));
        assertThat(JSON.convertValue(answer.path("provedCuts"), Long[].class))
            .containsExactlyElementsOf(report.provedCuts());
      }
    } finally {
      process.destroy();
    }
  }

  private Process start(TestReplica sound) throws IOException {
    for (Map.Entry<ArchiveName, byte[]> file : sound.store().files().entrySet()) {
      write(file.getKey().text(), file.getValue());
    }
    for (Map.Entry<BlobAddress, byte[]> blob : sound.blobs().blobs().entrySet()) {
      write(blob.getKey().name(), blob.getValue());
    }
    Path trust = folder.resolve("trust.json");
    Files.writeString(trust, GoldenReplicaTest.trustJson(sound.trust(), sound.anchor()));
    return new ProcessBuilder(
            "node",
            PROGRAM.toString(),
            "--changes",
            folder.resolve("replica").toString(),
            trust.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private void write(String name, byte[] file) throws IOException {
    Path path = folder.resolve("replica").resolve(name);
    Files.createDirectories(path.getParent());
    Files.write(path, file);
  }

  private static ObjectNode changes(Mutations sound, Mutations.Mutation mutation) {
    ObjectNode changes = JSON.createObjectNode();
    sound
        .sound()
        .files()
        .forEach(
            (name, file) -> change(changes, name.text(), file, mutation.store().files().get(name)));
    sound
        .soundBlobs()
        .blobs()
        .forEach(
            (address, file) ->
                change(changes, address.name(), file, mutation.blobs().blobs().get(address)));
    return changes;
  }

  private static void change(ObjectNode changes, String name, byte[] before, byte[] now) {
    if (now == null) {
      changes.putNull(name);
    } else if (now != before) {
      changes.put(name, HexFormat.of().formatHex(now));
    }
  }

  private static Set<String> ours(ReplicaReport report) {
    return report.findings().stream()
        .map(IndependentVerifierTest::text)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String text(Finding finding) {
    return finding.defect() + " " + finding.name() + " " + finding.from() + "-" + finding.to();
  }

  private static Set<String> theirs(JsonNode answer) {
    Set<String> findings = new TreeSet<>();
    for (JsonNode finding : answer.path("findings")) {
      findings.add(
          finding.path("defect").asText()
              + " "
              + finding.path("name").asText()
              + " "
              + finding.path("from").asText()
              + "-"
              + finding.path("to").asText());
    }
    return findings;
  }
}
