package govcloud.ledger.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.ledger.Finding;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.TestLedger;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.tree.TreeProofs;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verifier in another language, written from the specification, comes to the same verdicts. */
@Tag("slow")
class IndependentVerifierTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path PROGRAM = Path.of("verifier/verify.mjs").toAbsolutePath();
  private static final int FEW = 60;
  private static final int MANY = 500;

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

  @Tag("slow")
  @Test
  void someDamages_verified_giveTheSameFindings() throws Exception {
    compare(5, 0, FEW);
    compare(300, 0, FEW);
    compare(515, 0, FEW);
  }

  @Test
  @Tag("slow")
  void manyDamages_verified_giveTheSameFindings() throws Exception {
    compare(256, 3_000_000, MANY);
    compare(515, 3_000_000, MANY);
  }

  @Test
  void soundLedgerAndProof_verified_areValid() throws Exception {
    write(new Mutations(515));
    assertThat(run(folder.resolve("ledger").toString(), policy(), kept())).isZero();
    FolderStore store = new FolderStore(folder.resolve("ledger"));
    SignedNote state = SignedNote.parse(store.read(LedgerFiles.COSIGNED).orElseThrow(), "cosigned");
    long size = Checkpoint.parse(state.text(), "cosigned").size();
    for (long index : new long[] {0, 100, size - 1}) {
      TileReader reader = new TileReader(store, size);
      LogProof proof =
          new LogProof(
              Optional.of(reader.entry(index)),
              index,
              new TreeProofs(reader).inclusion(index, size),
              state.toString());
      byte[] bytes = proof.toBytes();
      Path file = Files.write(folder.resolve("p.tlog-proof"), bytes);
      assertThat(run("--proof", file.toString(), policy())).isZero();
      bytes[60] ^= 1;
      Files.write(file, bytes);
      assertThat(run("--proof", file.toString(), policy())).isEqualTo(1);
    }
    Files.writeString(folder.resolve("policy"), "quorum nobody\n");
    assertThat(run(folder.resolve("ledger").toString(), policy())).isEqualTo(3);
  }

  private int run(String... arguments) throws Exception {
    java.util.List<String> command = new java.util.ArrayList<>(java.util.List.of("node"));
    command.add(PROGRAM.toString());
    command.addAll(java.util.List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private String policy() {
    return folder.resolve("policy").toString();
  }

  private String kept() {
    return folder.resolve("kept").toString();
  }

  private void write(Mutations mutations) throws IOException {
    for (Map.Entry<String, byte[]> file : mutations.sound().files().entrySet()) {
      Path path = folder.resolve("ledger").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    Files.write(folder.resolve("kept"), mutations.known().get("kept"));
    Files.writeString(folder.resolve("policy"), TestLedger.policyText());
  }

  private void compare(int size, long firstSeed, int count) throws Exception {
    Mutations mutations = new Mutations(size);
    folder = Files.createDirectories(folder.resolve("of-" + size));
    write(mutations);
    Process process =
        new ProcessBuilder(
                "node",
                PROGRAM.toString(),
                "--changes",
                folder.resolve("ledger").toString(),
                policy(),
                kept())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedWriter to = process.outputWriter(UTF_8);
        BufferedReader from = process.inputReader(UTF_8)) {
      for (long seed = firstSeed; seed < firstSeed + count; seed++) {
        Mutations.Mutation mutation = mutations.of(seed);
        to.write(changes(mutation) + "\n");
        to.flush();
        LedgerReport report =
            new LedgerVerifier(mutations.apply(mutation), TestLedger.policy())
                .verify(mutations.known());
        assertThat(theirs(JSON.readTree(from.readLine())))
            .as("size %d, seed %d: %s", size, seed, mutation)
            .isEqualTo(
                report.findings().stream()
                    .map(IndependentVerifierTest::line)
                    .collect(Collectors.toCollection(TreeSet::new)));
      }
    } finally {
      process.destroy();
    }
  }

  private static String line(Finding finding) {
    return "%s %s %d %d".formatted(finding.defect(), finding.name(), finding.from(), finding.to());
  }

  private static Set<String> theirs(JsonNode answer) {
    Set<String> lines = new TreeSet<>();
    for (JsonNode finding : answer.path("findings")) {
      lines.add(
          "%s %s %d %d"
              .formatted(
                  finding.path("defect").asText(),
                  finding.path("name").asText(),
                  finding.path("from").asLong(),
                  finding.path("to").asLong()));
    }
    return lines;
  }

  private static ObjectNode changes(Mutations.Mutation mutation) {
    ObjectNode changes = JSON.createObjectNode();
    mutation
        .changes()
        .forEach(
            (name, content) ->
                changes.put(name, content.map(HexFormat.of()::formatHex).orElse(null)));
    return changes;
  }
}
