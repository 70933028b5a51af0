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
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
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

  /** Each lie of a log about the one that it follows is found, and nothing else. */
  @Test
  void chainsOfLogs_verified_haveExactlyTheFindingsOfTheirLies() throws Exception {
    Files.writeString(folder.resolve("policy"), EvilSuccessors.policyText());
    for (EvilSuccessors.Chain chain : EvilSuccessors.all()) {
      Path place = folder.resolve(chain.name());
      List<String> arguments = new ArrayList<>(List.of("newest", policy(), "--lost"));
      write(place.resolve("newest"), chain.stores().get(0).files());
      for (int i = 1; i < chain.stores().size(); i++) {
        write(place.resolve("lost-" + i), chain.stores().get(i).files());
        arguments.add("lost-" + i);
      }
      Process process = start(place, arguments);
      List<String> said = process.inputReader(UTF_8).lines().toList();
      assertThat(process.waitFor())
          .as(chain + ": " + said)
          .isEqualTo(chain.findings().isEmpty() ? 0 : 1);
      assertThat(said).as(chain.name()).hasSize(chain.findings().size() + 1);
      for (String finding : chain.findings()) {
        assertThat(said)
            .as(chain.name())
            .anyMatch(line -> line.matches("\\Q" + finding + "\\E[:,] .*"));
      }
    }
  }

  private int run(String... arguments) throws Exception {
    Process process = start(folder, List.of(arguments));
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private static Process start(Path place, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("node", PROGRAM.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true).start();
  }

  private String policy() {
    return folder.resolve("policy").toString();
  }

  private String kept() {
    return folder.resolve("kept").toString();
  }

  private void write(Mutations mutations) throws IOException {
    write(folder.resolve("ledger"), mutations.sound().files());
    Files.write(folder.resolve("kept"), mutations.known().get("kept"));
    Files.writeString(folder.resolve("policy"), TestLedger.policyText());
  }

  private static void write(Path place, Map<String, byte[]> files) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = place.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
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
