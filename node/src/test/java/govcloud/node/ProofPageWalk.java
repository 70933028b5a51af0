package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TreeProofs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * The page that checks proofs, in a real browser: it says what the verifier in Java says. With
 * {@code -Dproof.pictures=folder} it leaves pictures there.
 */
final class ProofPageWalk {
  private static final int SIZE = 300;
  private static final int INDEX = 257;
  private static final int FLIPS = 300;
  private static final long SEED = 20261201;

  private final Path folder;
  private final NoteSigner log = new NoteSigner("gov.example/harbour", 1, new byte[32]);
  private final NoteSigner witness =
      new NoteSigner("audit.example", VerifierKey.COSIGNATURE, new byte[32]);
  private final FieldKeys keys = new FieldKeys(new byte[32]);
  private final String policy =
      "log %s\nwitness audit %s\nquorum audit\n".formatted(log.key(), witness.key());
  private final byte[] proof;

  ProofPageWalk(Path folder) throws Exception {
    this.folder = folder;
    this.proof = prove();
  }

  private Entry entry(int number) {
    TreeMap<String, String> open = new TreeMap<>();
    open.put("consumer", "transport");
    open.put("decision", "permit");
    TreeMap<String, Hash> closed = new TreeMap<>();
    closed.put("subject", keys.commit("subject", new byte[] {'s'}));
    return new Entry(1_767_000_000_000L, "%032x".formatted(number), open, closed);
  }

  private byte[] prove() throws Exception {
    FolderStore store = new FolderStore(folder.resolve("proved"));
    try (LedgerLog opened = LedgerLog.create(store, log)) {
      for (int i = 0; i < SIZE; i++) {
        opened.append(entry(i)).get();
      }
      var state = opened.checkpoint();
      var line = witness.cosign(state.text(), 1_767_000_001L);
      TileReader reader = new TileReader(store, SIZE);
      return new LogProof(
              Optional.of(reader.entry(INDEX)),
              INDEX,
              new TreeProofs(reader).inclusion(INDEX, SIZE),
              state.with(List.of(line)).toString())
          .toBytes();
    }
  }

  /** Goes through everything in one language. */
  void walk(Browser browser, String url, boolean zh) throws Exception {
    browser.open(url + "/ledger/check?lang=" + (zh ? "zh" : "en"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !browser.value("document.getElementById('check').disabled").asBoolean());
    Path file = Files.write(folder.resolve("257.tlog-proof"), proof);
    Path opening =
        Files.writeString(
            folder.resolve("subject.txt"), keys.open("subject", new byte[] {'s'}).toText());
    pick(browser, "proof-file", file);
    pick(browser, "opening-file", opening);
    paste(browser, "keys", policy);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !browser.value("document.getElementById('proof').value").asText().isEmpty());
    assertThat(check(browser)).isEqualTo("valid");
    assertThat(shown(browser)).contains(zh ? "有效" : "Valid", "gov.example/harbour", "257", "300");
    assertThat(shown(browser)).contains(zh ? "查询部门" : "Office", "transport");
    pictures(browser, "valid");
    saysWhatIsWrong(browser, zh);
    assertThat(
            browser.value("document.documentElement.scrollWidth <= window.innerWidth").asBoolean())
        .isTrue();
  }

  private void saysWhatIsWrong(Browser browser, boolean zh) throws Exception {
    String text = new String(proof, StandardCharsets.UTF_8);
    paste(browser, "proof", text.replace("index 257", "index 256"));
    assertThat(check(browser)).isEqualTo("invalid");
    assertThat(shown(browser)).contains(zh ? "无效" : "Invalid", "LEDGER_PROOF_WRONG");
    pictures(browser, "invalid");
    paste(browser, "proof", text);
    NoteSigner other = new NoteSigner("gov.example/harbour", 1, Hash.sha256().digest());
    paste(browser, "keys", other.key().toString());
    assertThat(check(browser)).isEqualTo("invalid");
    assertThat(shown(browser)).contains("LEDGER_SIGNER_UNKNOWN", "checkpoint");
    String key = log.key().toString();
    paste(browser, "keys", key.substring(0, key.length() - 4) + "AAA=");
    assertThat(check(browser)).isEqualTo("unreadable");
    paste(browser, "keys", policy);
    paste(browser, "proof", text.substring(0, text.lastIndexOf("\u2014")));
    assertThat(check(browser)).isEqualTo("incomplete");
    assertThat(shown(browser)).contains(zh ? "见证方签名不足" : "Not cosigned as the keys ask");
    pictures(browser, "incomplete");
  }

  /** The script and the verifier in Java are of one opinion on flipped proofs. */
  void flips(Browser browser) throws Exception {
    Random random = new Random(SEED);
    List<String> damaged = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < FLIPS; i++) {
      byte[] bytes = proof.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      damaged.add(HexFormat.of().formatHex(bytes));
      expected.add(verdict(bytes));
    }
    JsonNode said =
        browser.value(
            """
            import('/page/proof.js').then(async ({ check, parsePolicy }) => {
              const policy = await parsePolicy(%s);
              const all = [];
              for (const text of %s) {
                const bytes = Uint8Array.from(text.match(/../g), (two) => parseInt(two, 16));
                all.push((await check({ name: 'p', bytes }, policy, [], Date.now())).verdict);
              }
              return all;
            })"""
                .formatted(json(policy), json(damaged)));
    assertThat(expected).contains("invalid", "incomplete").doesNotContain("valid");
    assertThat(said).hasSize(FLIPS);
    for (int i = 0; i < FLIPS; i++) {
      assertThat(said.get(i).asText()).as("flip %d", i).isEqualTo(expected.get(i));
    }
  }

  private static String json(Object value) throws Exception {
    return new ObjectMapper().writeValueAsString(value);
  }

  private String verdict(byte[] file) throws LedgerException {
    TrustPolicy trust =
        TrustPolicy.parse(policy.getBytes(StandardCharsets.UTF_8), "policy")
            .notAfter(4_000_000_000L);
    try {
      LogProof read = LogProof.parse(file, "p");
      var state = read.check(read.extra().orElse(new byte[0]), trust, "p");
      Leaf.parse(read.extra().orElse(new byte[0]), "p");
      return state.enough() ? "valid" : "incomplete";
    } catch (LedgerException e) {
      return "invalid";
    }
  }

  private static void pick(Browser browser, String id, Path file) throws Exception {
    JsonNode root = browser.devTools("DOM.getDocument", Map.of("depth", 0));
    JsonNode found =
        browser.devTools(
            "DOM.querySelector",
            Map.of("nodeId", root.path("root").path("nodeId").asInt(), "selector", "#" + id));
    browser.devTools(
        "DOM.setFileInputFiles",
        Map.of("files", List.of(file.toString()), "nodeId", found.path("nodeId").asInt()));
  }

  private static void paste(Browser browser, String id, String text) throws Exception {
    browser.value(
        """
        (() => {
          const field = document.getElementById('%s');
          field.value = %s;
          field.dispatchEvent(new Event('input'));
        })()"""
            .formatted(id, json(text)));
  }

  private static String check(Browser browser) throws Exception {
    browser.value("document.getElementById('check').click()");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> browser.value("!!document.getElementById('result').dataset.said").asBoolean());
    return browser.value("document.getElementById('result').dataset.said").asText();
  }

  private static String shown(Browser browser) throws Exception {
    return browser.value("document.getElementById('result').innerText").asText();
  }

  private static void pictures(Browser browser, String name) throws Exception {
    String pictures = System.getProperty("proof.pictures");
    if (pictures != null) {
      var picture =
          browser.devTools("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
      int width = browser.value("window.innerWidth").asInt();
      Files.write(
          Path.of(pictures, name + "-" + width + ".png"),
          Base64.getDecoder().decode(picture.path("data").asText()));
    }
  }
}
