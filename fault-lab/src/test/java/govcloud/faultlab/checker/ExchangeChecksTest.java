package govcloud.faultlab.checker;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.faultlab.history.Exchange;
import govcloud.faultlab.history.Operation.Outcome;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.TreeProofs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger as a run leaves it is right, and wrong with anything that must not be. */
class ExchangeChecksTest {
  private static final NoteSigner LOG = key("log", VerifierKey.NOTE);
  private static final NoteSigner WITNESS = key("witness", VerifierKey.COSIGNATURE);
  private static final int SIZE = 7;

  @TempDir private Path folder;
  private TrustPolicy policy;
  private final List<Exchange> asked = new ArrayList<>();
  private final List<Exchange> again = new ArrayList<>();
  private final Map<String, byte[]> states = new TreeMap<>();

  private static NoteSigner key(String name, int type) {
    return new NoteSigner("gov.example/" + name, type, new byte[32]);
  }

  private static String id(int number) {
    return "%032x".formatted(number);
  }

  private static Entry entry(int number) {
    String decision = number == 3 ? "deny" : "permit";
    return new Entry(
        number, id(number), new TreeMap<>(Map.of("decision", decision)), new TreeMap<>());
  }

  private static Exchange exchange(int number, Outcome outcome, long index, boolean replayed) {
    return new Exchange("m-" + number, 1, 2, 1, outcome, "g1", id(number), index, replayed, "");
  }

  @BeforeEach
  void record() throws Exception {
    String text = "log %s\nwitness w %s\nquorum w\n".formatted(LOG.key(), WITNESS.key());
    policy = TrustPolicy.parse(text.getBytes(StandardCharsets.UTF_8), "policy");
    write("a", LOG, SIZE, 0);
    write("b", LOG, SIZE, 0);
    for (int i = 0; i < SIZE; i++) {
      boolean refused = i == 3;
      asked.add(exchange(i, refused ? Outcome.FAIL : Outcome.OK, i, false));
      if (!refused) {
        again.add(exchange(i, Outcome.OK, i, true));
      }
    }
  }

  /** Entries count up from {@code first}. */
  private void write(String name, NoteSigner signer, int size, int first) throws Exception {
    try (LedgerLog log = LedgerLog.create(new FolderStore(folder.resolve(name)), signer)) {
      for (int i = 0; i < size; i++) {
        log.append(entry(first + i)).join();
      }
      SignedNote state = log.checkpoint();
      states.put(name, state.toBytes());
      log.cosigned(state, List.of(WITNESS.cosign(state.text(), 1)), policy);
    }
  }

  private Optional<byte[]> proof(long index) {
    try {
      FolderStore store = new FolderStore(folder.resolve("a"));
      TileReader reader = new TileReader(store, SIZE);
      byte[] state = store.read("cosigned").orElseThrow();
      var hashes = new TreeProofs(reader).inclusion(index, SIZE);
      String note = new String(state, StandardCharsets.UTF_8);
      return Optional.of(
          new LogProof(Optional.of(reader.entry(index)), index, hashes, note).toBytes());
    } catch (Exception e) {
      return Optional.empty();
    }
  }

  private List<String> found(String... copies) throws Exception {
    ExchangeChecks checks = new ExchangeChecks(policy, states);
    for (String copy : copies) {
      checks.copy(copy, folder.resolve(copy), policy);
    }
    checks.answers(asked, again, this::proof);
    return checks.violations().stream().map(Violation::what).toList();
  }

  @Test
  void whatARunLeaves_isRight() throws Exception {
    assertThat(found("a", "b")).isEmpty();
  }

  @Test
  void answerWithoutItsEntry_isFound() throws Exception {
    asked.add(exchange(99, Outcome.OK, SIZE, false));
    assertThat(found("a"))
        .contains("m-99: answered with entry 7, " + id(99) + ", where there is nothing");
    asked.set(0, exchange(0, Outcome.OK, 1, false));
    assertThat(found("a"))
        .contains(
            "m-0: answered with entry 1, " + id(0) + ", where there is " + id(1),
            "m-1: has the entry of m-0, 1");
  }

  @Test
  void givenOut_whereTheEntrySaysNo_isFound() throws Exception {
    asked.set(3, exchange(3, Outcome.OK, 3, false));
    assertThat(found("a")).containsExactly("m-3: entry 3 says deny (expected: permit)");
  }

  @Test
  void anotherAnswerToTheSameMessage_isFound() throws Exception {
    again.set(1, exchange(1, Outcome.OK, 1, false));
    again.set(2, exchange(2, Outcome.FAIL, -1, false));
    assertThat(found("a"))
        .containsExactly(
            "m-1: had entry 1, has 1 when sent again, as a new exchange",
            "m-2: was OK, sent again it is FAIL ");
  }

  @Test
  void ledgerThatForked_wasRolledBack_orIsNotCosigned_isFound() throws Exception {
    write("fork", LOG, SIZE, 50);
    assertThat(found("a")).anyMatch(what -> what.startsWith("a: LEDGER_FORKED"));
    assertThat(found("a", "fork")).anyMatch(what -> what.contains("entry 0: " + id(50)));
    states.remove("fork");
    write("longer", LOG, SIZE + 1, 0);
    assertThat(found("a")).anyMatch(what -> what.startsWith("a: LEDGER_ROLLED_BACK"));
    states.remove("longer");
    new FolderStore(folder.resolve("b")).delete(List.of("cosigned"));
    assertThat(found("a", "b")).anyMatch(what -> what.startsWith("b: LEDGER_WITNESS_MISSING"));
  }

  @Test
  void furtherEntryThatSaysAnythingElse_andAProofThatIsNone_areFound() throws Exception {
    try (LedgerLog log = LedgerLog.create(new FolderStore(folder.resolve("twice")), LOG)) {
      log.append(entry(1)).join();
      log.append(entry(1)).join();
    }
    try (LedgerLog log = LedgerLog.create(new FolderStore(folder.resolve("other")), LOG)) {
      log.append(entry(1)).join();
      log.append(new Entry(1, id(1), new TreeMap<>(Map.of("decision", "deny")), new TreeMap<>()))
          .join();
    }
    states.clear();
    asked.clear();
    again.clear();
    String contradiction = "exchange " + id(1) + ": permit and deny";
    assertThat(found("twice")).doesNotContain(contradiction);
    assertThat(found("other")).contains(contradiction);
    asked.add(exchange(1, Outcome.OK, 0, false));
    assertThat(found("twice")).contains("proof of entry 0: of another entry");
  }
}
