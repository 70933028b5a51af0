package govcloud.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.TestTerminal;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.Receipt;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.Hash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LedgerCommandTest {
  private static final int SIZE = 300;

  @TempDir private Path folder;
  private Path ledger;
  private Path policy;
  private final NoteSigner log = new NoteSigner("gov.example/harbour", 1, new byte[32]);
  private final NoteSigner witness =
      new NoteSigner("audit.example", VerifierKey.COSIGNATURE, new byte[32]);

  @BeforeEach
  void make() throws Exception {
    ledger = folder.resolve("ledger");
    policy =
        Files.writeString(
            folder.resolve("trust.txt"),
            "log %s\nwitness audit %s\nquorum audit\n".formatted(log.key(), witness.key()));
    try (LedgerLog open = LedgerLog.create(new FolderStore(ledger), log)) {
      CompletableFuture<Receipt> last = open.append(entry(0));
      for (int i = 1; i < SIZE; i++) {
        last = open.append(entry(i));
      }
      last.get();
      SignedNote state = open.checkpoint();
      open.cosigned(
          state,
          List.of(witness.cosign(state.text(), 1_700_000_000L)),
          TrustPolicy.parse(Files.readAllBytes(policy), "policy"));
      Files.write(folder.resolve("kept.txt"), Files.readAllBytes(ledger.resolve("cosigned")));
      open.append(entry(SIZE)).get();
    }
  }

  private static FieldKeys keys(int number) {
    return new FieldKeys(Hash.sha256().digest(new byte[] {(byte) number, (byte) (number >> 8)}));
  }

  private static byte[] subject(int number) {
    return ("subject " + number).getBytes(StandardCharsets.UTF_8);
  }

  private static Entry entry(int number) {
    TreeMap<String, String> open = new TreeMap<>();
    open.put("decision", "permit");
    TreeMap<String, Hash> closed = new TreeMap<>();
    closed.put("subject", keys(number).commit("subject", subject(number)));
    return new Entry(1_700_000_000_000L, "%032x".formatted(number), open, closed);
  }

  private JsonNode run(int expected, String... arguments) throws Exception {
    TestTerminal terminal = new TestTerminal();
    assertThat(terminal.run(arguments)).as(terminal.err() + terminal.out()).isEqualTo(expected);
    return new ObjectMapper().readTree(terminal.out());
  }

  private JsonNode run(int expected, String command, List<Object> arguments) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of("ledger", command));
    arguments.forEach(argument -> all.add(argument.toString()));
    all.addAll(List.of("--policy", policy.toString(), "--json"));
    return run(expected, all.toArray(new String[0]));
  }

  @Test
  void soundLedger_checked_isValid() throws Exception {
    JsonNode said = run(0, "fsck", List.of(ledger, "--known", folder.resolve("kept.txt")));
    assertThat(said.path("verdict").asText()).isEqualTo("valid");
    assertThat(said.path("size").asInt()).isEqualTo(SIZE + 1);
    assertThat(said.path("cosigned").asInt()).isEqualTo(SIZE);
    JsonNode grown = run(0, "consistency", List.of(folder.resolve("kept.txt"), ledger));
    assertThat(grown.path("continues").asInt()).isEqualTo(SIZE);
    assertThat(grown.path("size").asInt()).isEqualTo(SIZE + 1);
  }

  @Test
  void entry_provedAndVerified_opensOneField() throws Exception {
    Path proof = folder.resolve("17.tlog-proof");
    JsonNode made = run(0, "prove", List.of(ledger, 17, "--to", proof));
    assertThat(made.path("bytes").asInt()).isLessThan(2048);
    Path opening = folder.resolve("subject.txt");
    Files.writeString(opening, keys(17).open("subject", subject(17)).toText());
    JsonNode closed = run(0, "verify", List.of(proof));
    assertThat(closed.path("subject").asText()).isEqualTo("(closed)");
    assertThat(closed.path("witnesses").asText()).isEqualTo("audit");
    JsonNode open = run(0, "verify", List.of(proof, "--opening", opening));
    assertThat(open.path("subject").asText()).isEqualTo("subject 17");
    Files.writeString(opening, keys(18).open("subject", subject(18)).toText());
    JsonNode wrong = run(1, "verify", List.of(proof, "--opening", opening));
    assertThat(wrong.at("/findings/0/code").asText()).isEqualTo("LEDGER_OPENING_WRONG");
  }

  @Test
  void newestEntry_provedBeforeItIsCosigned_isIncomplete() throws Exception {
    Path proof = folder.resolve("last.tlog-proof");
    JsonNode made = run(2, "prove", List.of(ledger, SIZE, "--to", proof));
    assertThat(made.at("/findings/0/code").asText()).isEqualTo("LEDGER_WITNESS_MISSING");
    assertThat(run(2, "verify", List.of(proof)).path("verdict").asText()).isEqualTo("incomplete");
  }

  @Test
  void changedEntry_checked_isLocated() throws Exception {
    Path bundle = ledger.resolve("tile/entries/000");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length - 1] ^= 1;
    Files.write(bundle, bytes);
    JsonNode finding = run(1, "fsck", List.of(ledger)).at("/findings/0");
    assertThat(finding.path("code").asText()).isEqualTo("LEDGER_ENTRIES_WRONG");
    assertThat(finding.path("name").asText()).isEqualTo("tile/entries/000");
    assertThat(finding.path("to").asInt()).isEqualTo(bytes.length);
    assertThat(finding.path("detail").asText()).isEqualTo("entries 255 to 255");
  }

  @Test
  void logThatWasPutBack_checkedAgainstAKeptState_isInvalid() throws Exception {
    Path other = folder.resolve("other");
    try (LedgerLog fork = LedgerLog.create(new FolderStore(other), log)) {
      for (int i = 0; i < SIZE + 50; i++) {
        fork.append(entry(i + 1)).get();
      }
    }
    Path kept = folder.resolve("kept.txt");
    assertThat(run(1, "consistency", List.of(kept, other)).at("/findings/0/code").asText())
        .isEqualTo("LEDGER_FORKED");
    Files.copy(
        ledger.resolve("checkpoint"),
        folder.resolve("newest.txt"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.write(ledger.resolve("checkpoint"), Files.readAllBytes(kept));
    JsonNode said = run(1, "fsck", List.of(ledger, "--known", folder.resolve("newest.txt")));
    assertThat(said.path("findings").findValuesAsText("code"))
        .containsExactlyInAnyOrder("LEDGER_ROLLED_BACK", "LEDGER_TAIL_UNSIGNED");
  }

  @Test
  void wrongUsage_exitsWith3() throws Exception {
    assertThat(new TestTerminal().run("ledger", "fsck")).isEqualTo(3);
    assertThat(new TestTerminal().run("ledger")).isEqualTo(3);
    assertThat(new TestTerminal().run("ledger", "fsck", "nowhere", "--policy", policy.toString()))
        .isEqualTo(3);
    Files.writeString(policy, "log nobody\nquorum none\n");
    TestTerminal terminal = new TestTerminal();
    assertThat(terminal.run("ledger", "fsck", ledger.toString(), "--policy", policy.toString()))
        .isEqualTo(3);
    assertThat(terminal.err()).contains("policy, line 1");
  }

  @Test
  void chainOfLogs_checked_isWholeOrSaysWhichOneIsNot() throws Exception {
    byte[] seed = Hash.sha256().digest(new byte[] {7});
    NoteSigner second = new NoteSigner("gov.example/harbour-2", VerifierKey.NOTE, seed);
    Files.writeString(
        policy,
        "log %s\nlog %s\nwitness audit %s\nquorum audit\n"
            .formatted(log.key(), second.key(), witness.key()));
    TrustPolicy trust = TrustPolicy.parse(Files.readAllBytes(policy), "policy");
    Path next = folder.resolve("second");
    byte[] lost = Files.readAllBytes(folder.resolve("kept.txt"));
    try (LedgerLog open =
        LedgerLog.succeed(new FolderStore(next), second, lost, trust, 1_700_000_000_000L)) {
      SignedNote state = open.append(entry(1)).get().checkpoint();
      open.cosigned(state, List.of(witness.cosign(state.text(), 1_700_000_001L)), trust);
    }
    JsonNode said = run(0, "fsck", List.of(next, "--lost", ledger));
    assertThat(said.path("follows").asText()).startsWith("gov.example/harbour at ");
    assertThat(run(1, "fsck", List.of(ledger, "--lost", next)).at("/findings/0/code").asText())
        .isEqualTo("LEDGER_ORIGIN_WRONG");
    Path other = folder.resolve("other");
    try (LedgerLog forked = LedgerLog.create(new FolderStore(other), log)) {
      SignedNote state = forked.append(entry(5)).get().checkpoint();
      forked.cosigned(state, List.of(witness.cosign(state.text(), 1_700_000_000L)), trust);
    }
    JsonNode finding = run(1, "fsck", List.of(next, "--lost", other)).at("/findings/0");
    assertThat(finding.path("code").asText()).isEqualTo("LEDGER_ROLLED_BACK");
    assertThat(finding.toString()).contains(other.toString());
  }
}
