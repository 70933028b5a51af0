package govcloud.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import govcloud.ledger.LedgerException;
import govcloud.ledger.log.MemoryStore;
import govcloud.ledger.log.TestLedger;
import govcloud.ledger.note.Checkpoint;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.CompactTree;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TreeProofs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log with the right key that does everything wrong, before a witness. */
class EvilLogTest {
  private static final String ORIGIN = TestLedger.ORIGIN;
  private final NoteSigner log = TestLedger.log(ORIGIN);
  private final NoteSigner key = TestLedger.witness("audit.example/w");
  private final MemoryStore store = new MemoryStore();
  private final Witness witness =
      new Witness(
          key, TrustPolicy.of(log.key()), store, () -> Instant.ofEpochSecond(TestLedger.TIME));
  private final List<Hash> honest = leaves(0);

  private static List<Hash> leaves(int salt) {
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      leaves.add(Hash.ofLeaf(new byte[] {(byte) i, (byte) (i < 20 ? 0 : salt)}));
    }
    return leaves;
  }

  private static Hash root(List<Hash> leaves, int size) {
    CompactTree tree = new CompactTree();
    leaves.subList(0, size).forEach(tree::add);
    return tree.root();
  }

  private static List<Hash> proof(List<Hash> leaves, int old, int size) throws LedgerException {
    return new TreeProofs(
            (height, index) -> {
              CompactTree tree = new CompactTree();
              int from = (int) index << height;
              leaves.subList(from, from + (1 << height)).forEach(tree::add);
              return tree.root();
            })
        .consistency(old, size);
  }

  private static String request(long old, List<Hash> proof, String checkpoint) {
    StringBuilder request = new StringBuilder("old " + old + "\n");
    proof.forEach(hash -> request.append(hash).append('\n'));
    return request.append('\n').append(checkpoint).toString();
  }

  private String signed(List<Hash> leaves, int size) {
    return SignedNote.of(new Checkpoint(ORIGIN, size, root(leaves, size)).text(), log);
  }

  private Witness.Answer ask(String request) throws Exception {
    return witness.addCheckpoint(request.getBytes(UTF_8));
  }

  private void grow(int old, int size) throws Exception {
    assertThat(ask(request(old, proof(honest, old, size), signed(honest, size))).status())
        .isEqualTo(200);
  }

  @Test
  void honestLog_isCosigned_andTheLineVerifies() throws Exception {
    grow(0, 13);
    Witness.Answer answer = ask(request(13, proof(honest, 13, 40), signed(honest, 40)));
    assertThat(answer.status()).isEqualTo(200);
    SignedNote note =
        SignedNote.parse((signed(honest, 40) + answer.body()).getBytes(UTF_8), "note");
    assertThat(note.by(key.key(), "note")).isPresent();
    // The same state again is cosigned again.
    assertThat(ask(request(40, List.of(), signed(honest, 40))).status()).isEqualTo(200);
    String hash = java.util.HexFormat.of().formatHex(Hash.sha256().digest(ORIGIN.getBytes(UTF_8)));
    assertThat(new String(witness.newest(hash).orElseThrow(), UTF_8)).contains("\n40\n");
    assertThat(witness.newest("../x")).isEmpty();
  }

  @Test
  void forkRollbackAndFalseProofs_areRefusedWithTheStatusOfTheProtocol() throws Exception {
    grow(0, 30);
    List<Hash> fork = leaves(1);
    Witness.Answer stale = ask(request(13, proof(honest, 13, 40), signed(honest, 40)));
    assertThat(stale.status()).isEqualTo(409);
    assertThat(stale.type()).isEqualTo("text/x.tlog.size");
    assertThat(stale.body()).isEqualTo("30\n");
    // forks: of the same size, of a larger one, with the fork's own proof, with the honest one
    assertThat(ask(request(30, List.of(), signed(fork, 30))).status()).isEqualTo(422);
    assertThat(ask(request(30, proof(fork, 30, 50), signed(fork, 50))).status()).isEqualTo(422);
    assertThat(ask(request(30, proof(honest, 30, 50), signed(fork, 50))).status()).isEqualTo(422);
    // rollbacks
    assertThat(ask(request(30, List.of(), signed(honest, 20))).status()).isEqualTo(400);
    assertThat(ask(request(20, List.of(), signed(honest, 20))).status()).isEqualTo(409);
    // proofs: over-long, too short, of the wrong size, swapped
    List<Hash> right = proof(honest, 30, 50);
    List<Hash> longer = new ArrayList<>(right);
    longer.add(Hash.EMPTY);
    assertThat(ask(request(30, longer, signed(honest, 50))).status()).isEqualTo(422);
    assertThat(ask(request(30, right.subList(1, right.size()), signed(honest, 50))).status())
        .isEqualTo(422);
    assertThat(ask(request(30, proof(honest, 30, 51), signed(honest, 50))).status()).isEqualTo(422);
    assertThat(ask(request(30, List.of(), signed(honest, 50))).status()).isEqualTo(422);
    List<Hash> many = new ArrayList<>(java.util.Collections.nCopies(64, Hash.EMPTY));
    assertThat(ask(request(30, many, signed(honest, 50))).status()).isEqualTo(400);
    grow(30, 50);
  }

  @Test
  void strangersAndForgeries_areRefused() throws Exception {
    NoteSigner stranger = new NoteSigner(ORIGIN, VerifierKey.NOTE, new byte[32]);
    String text = new Checkpoint(ORIGIN, 5, root(honest, 5)).text();
    assertThat(ask(request(0, List.of(), SignedNote.of(text, stranger))).status()).isEqualTo(403);
    assertThat(ask(request(0, List.of(), signed(honest, 5).replace("\n5\n", "\n6\n"))).status())
        .isEqualTo(403);
    // Two origins with one key: the key of one log says nothing about the other.
    String other = new Checkpoint("gov.example/other", 5, root(honest, 5)).text();
    assertThat(ask(request(0, List.of(), SignedNote.of(other, log))).status()).isEqualTo(404);
    assertThat(ask(request(0, List.of(Hash.EMPTY), signed(honest, 5))).status()).isEqualTo(422);
    String empty = new Checkpoint(ORIGIN, 0, root(honest, 1)).text();
    assertThat(ask(request(0, List.of(), SignedNote.of(empty, log))).status()).isEqualTo(422);
    for (String wrong :
        List.of("", "old 5", "old 05\n\n", "old -1\n\nx", "new 0\n\n", "old 0\nhash\n\nx")) {
      assertThat(ask(wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(store.files()).isEmpty();
  }

  @Test
  void manySignaturesAndExtensions_areTakenAsTheSpecificationSays() throws Exception {
    StringBuilder seventeen = new StringBuilder(signed(honest, 5));
    for (int i = 0; i < 16; i++) {
      seventeen.append("\u2014 other-").append(i).append(" AAAAAAAA\n");
    }
    assertThat(ask(request(0, List.of(), seventeen.toString())).status()).isEqualTo(200);
    Checkpoint extended =
        new Checkpoint(ORIGIN, 9, root(honest, 9), List.of("an extension of somebody"));
    assertThat(ask(request(5, proof(honest, 5, 9), SignedNote.of(extended.text(), log))).status())
        .isEqualTo(200);
  }

  @Tag("slow")
  @Test
  void randomRequestsOfAnEvilLog_neverGetTwoHistoriesCosigned() throws Exception {
    Random random = new Random(11);
    List<List<Hash>> histories = List.of(honest, leaves(1), leaves(2));
    List<Integer> sizes = new ArrayList<>();
    List<Hash> first = null;
    for (int i = 0; i < 4000; i++) {
      List<Hash> history = histories.get(random.nextInt(3));
      int size = 1 + random.nextInt(63);
      int old = sizes.isEmpty() ? 0 : sizes.get(sizes.size() - 1);
      int from = random.nextInt(4) == 0 ? random.nextInt(size) : Math.min(old, size);
      List<Hash> told = histories.get(random.nextInt(3));
      if (ask(request(from, proof(told, from, size), signed(history, size))).status() == 200) {
        assertThat(size).isGreaterThanOrEqualTo(old);
        sizes.add(size);
        if (size > 20) {
          first = first == null ? history : first;
          assertThat(root(history, size)).isEqualTo(root(first, size));
        }
      }
    }
    assertThat(sizes).hasSizeGreaterThan(3);
  }

  /** Two updates of one log at once, N and N + K: the state that is kept never goes back. */
  @Test
  void updatesAtOnce_areTakenOneAfterTheOther_andTheStateNeverGoesBack() throws Exception {
    var hash = java.util.HexFormat.of().formatHex(Hash.sha256().digest(ORIGIN.getBytes(UTF_8)));
    var threads = java.util.concurrent.Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 15; round++) {
        int old = round * 4;
        List<java.util.concurrent.Callable<Witness.Answer>> updates = new ArrayList<>();
        for (int size : new int[] {old + 1, old + 4, old + 2, old + 4}) {
          byte[] update =
              request(old, proof(honest, old, size), signed(honest, size)).getBytes(UTF_8);
          updates.add(() -> witness.addCheckpoint(update));
        }
        int taken = 0;
        for (var answer : threads.invokeAll(updates)) {
          int status = answer.get().status();
          assertThat(status).isIn(200, 409);
          taken += status == 200 ? 1 : 0;
        }
        assertThat(taken).as("only one continues the state of %d", old).isEqualTo(1);
        var kept = new String(witness.newest(hash).orElseThrow(), UTF_8).split("\n", -1)[1];
        int size = Integer.parseInt(kept);
        assertThat(size).isGreaterThan(old);
        if (size < old + 4) {
          grow(size, old + 4);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void powerCutWhileKeeping_cosignsNothingThatIsForgotten() throws Exception {
    for (int seed = 0; seed < 20; seed++) {
      MemoryStore disk = new MemoryStore(seed);
      Witness mortal =
          new Witness(key, TrustPolicy.of(log.key()), disk, () -> Instant.ofEpochSecond(1));
      mortal.addCheckpoint(request(0, List.of(), signed(honest, 10)).getBytes(UTF_8));
      disk.crashAfter(0);
      byte[] next = request(10, proof(honest, 10, 30), signed(honest, 30)).getBytes(UTF_8);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> mortal.addCheckpoint(next))
          .isInstanceOf(java.io.IOException.class);
      disk.restart();
      assertThat(mortal.addCheckpoint(next).status()).isIn(200, 409);
    }
  }
}
