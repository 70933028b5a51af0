package govcloud.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.TestTerminal;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.exchange.evidence.Material;
import govcloud.exchange.policy.PolicyInput;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.ledger.leaf.Opening;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.tree.Hash;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
  private static final String ID = "0123456789abcdef0123456789abcdef";
  private static final Instant AT = Instant.parse("2026-03-02T01:15:27.250Z");
  private static final String POLICY = "role == 'clerk' && hour < 18";
  private static final String TERMS =
      new String(
          CanonicalJson.bytes(
              Map.of(
                  "provider",
                  "police",
                  "consumer",
                  "transport",
                  "resource",
                  "violations",
                  "purpose",
                  Map.of("zh", "年审", "en", "inspection"),
                  "fields",
                  List.of(Map.of("item", "plate")),
                  "policy",
                  Map.of("source", POLICY))),
          StandardCharsets.UTF_8);

  @TempDir private Path folder;
  private Path trust;
  private Path proof;
  private final FieldKeys keys = new FieldKeys(new byte[32]);
  private final NoteSigner log = new NoteSigner("gov.example/harbour", 1, new byte[32]);

  private static PolicyInput input(String role) {
    return PolicyInput.of(
        "transport", role, "permits", "open", "年审", "person", List.of("plate"), AT);
  }

  @BeforeEach
  void write() throws Exception {
    prove("clerk", "permit", "");
  }

  private void prove(String role, String decision, String code) throws Exception {
    TreeMap<String, String> open = new TreeMap<>();
    open.put("decision", decision);
    open.put("provider", "police");
    open.put("consumer", "transport");
    open.put("resource", "violations");
    open.put("role", role);
    open.put("address", sha256(TERMS));
    open.put("policy", sha256(POLICY));
    open.put("input", input(role).hash());
    if (!code.isEmpty()) {
      open.put("code", code);
    }
    TreeMap<String, Hash> closed = new TreeMap<>();
    closed.put("field.plate", keys.commit("field.plate", bytes("[\"A12345\"]")));
    closed.put("subject", keys.commit("subject", bytes("somebody")));
    Path ledger = Files.createTempDirectory(folder, "ledger").resolve("files");
    try (LedgerLog opened = LedgerLog.create(new FolderStore(ledger), log)) {
      opened.append(new Entry(AT.toEpochMilli(), ID, open, closed)).get();
      opened.checkpoint();
    }
    trust = Files.writeString(folder.resolve("trust.txt"), "log " + log.key() + "\nquorum none\n");
    proof = ledger.resolveSibling("0.tlog-proof");
    run(0, "prove", ledger.toString(), "0", "--to", proof.toString());
  }

  private static String sha256(String text) {
    return CanonicalJson.sha256(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Path material(Optional<String> terms, String role, Opening... openings) throws Exception {
    Material material =
        new Material(
            ID,
            log.key().toString(),
            0,
            terms,
            Optional.of(input(role).canonical()),
            List.of(openings).stream().map(Opening::toText).toList());
    return Files.write(
        folder.resolve("0.json"), new ObjectMapper().writeValueAsBytes(material.document()));
  }

  private JsonNode run(int expected, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("ledger"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--policy", trust.toString(), "--json"));
    TestTerminal terminal = new TestTerminal();
    assertThat(terminal.run(all.toArray(new String[0])))
        .as(terminal.err() + terminal.out())
        .isEqualTo(expected);
    return new ObjectMapper().readTree(terminal.out());
  }

  private JsonNode replay(int expected, Path material, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of("replay", proof.toString(), material.toString()));
    all.addAll(List.of(more));
    return run(expected, all.toArray(new String[0]));
  }

  @Test
  void rightMaterial_replayed_isValidAndShowsWhatWasOpened() throws Exception {
    Opening plate = keys.open("field.plate", bytes("[\"A12345\"]"));
    Path file = Files.writeString(folder.resolve("plate.txt"), plate.toText());
    Path material = material(Optional.of(TERMS), "clerk", keys.open("subject", bytes("somebody")));
    JsonNode said = replay(0, material, "--opening", file.toString());
    assertThat(said.path("verdict").asText()).isEqualTo("valid");
    assertThat(said.path("policy_recorded").asText()).isEqualTo("permit");
    assertThat(said.path("policy_found").asText()).isEqualTo("permit");
    assertThat(said.path("subject").asText()).isEqualTo("somebody");
    assertThat(said.path("field.plate").asText()).isEqualTo("[\"A12345\"]");
    TestTerminal table = new TestTerminal();
    String[] asked = {
      "ledger", "replay", "" + proof, "" + material, "--policy", "" + trust, "--opening", "" + file
    };
    assertThat(table.run(asked)).isZero();
    assertThat(table.out()).contains("policy found", "field.plate", "A12345", "somebody");
  }

  @Test
  void denial_replayed_isFoundAgain_andOneThatWasNone_isInvalid() throws Exception {
    prove("visitor", "deny", "EXCHANGE_POLICY_DENIED");
    assertThat(replay(0, material(Optional.of(TERMS), "visitor")).path("policy_found").asText())
        .isEqualTo("deny");
    prove("visitor", "permit", "");
    JsonNode said = replay(1, material(Optional.of(TERMS), "visitor"));
    assertThat(said.at("/findings/0/code").asText()).isEqualTo("LEDGER_VERDICT_WRONG");
    assertThat(said.at("/findings/0/name").asText()).endsWith("0.json#/input");
  }

  @Test
  void lackingTerms_replayed_isIncomplete_andOtherOnesAreInvalid() throws Exception {
    JsonNode lacking = replay(2, material(Optional.empty(), "clerk"));
    assertThat(lacking.path("verdict").asText()).isEqualTo("incomplete");
    assertThat(lacking.at("/findings/0/code").asText()).isEqualTo("LEDGER_MATERIAL_MISSING");
    String wider = TERMS.replace("18", "24");
    JsonNode wrong = replay(1, material(Optional.of(wider), "clerk"));
    assertThat(wrong.at("/findings/0/name").asText()).endsWith("#/terms");
    assertThat(wrong.at("/findings/1/name").asText()).endsWith("#/terms/policy/source");
    Opening other = keys.open("field.plate", bytes("[\"B12345\"]"));
    JsonNode opened = replay(1, material(Optional.of(TERMS), "clerk", other));
    assertThat(opened.at("/findings/0/code").asText()).isEqualTo("LEDGER_OPENING_WRONG");
    assertThat(opened.at("/findings/0/name").asText()).endsWith("#/openings/0");
  }

  @Test
  void changedProof_replayed_isInvalid_andNoFiles_areWrongUsage() throws Exception {
    Path material = material(Optional.of(TERMS), "clerk");
    Files.writeString(proof, Files.readString(proof).replace("index 0", "index 1"));
    assertThat(replay(1, material).at("/findings/0/code").asText()).startsWith("LEDGER_");
    assertThat(
            new TestTerminal()
                .run("ledger", "replay", "nowhere", material.toString(), "--policy", "" + trust))
        .isEqualTo(3);
    assertThat(new TestTerminal().run("ledger", "replay", proof.toString())).isEqualTo(3);
  }
}
