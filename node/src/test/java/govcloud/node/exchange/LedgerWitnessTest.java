package govcloud.node.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Succession;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.witness.Shipment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of a cloud that is the witness of logs which follow each other, or say so. */
class LedgerWitnessTest {
  private static final ActorTestKit KIT =
      ActorTestKit.create("LedgerWitnessTest", ConfigFactory.load());
  private static final NoteSigner FIRST = signer("gov.example/a/1", VerifierKey.NOTE, 1);
  private static final NoteSigner SECOND = signer("gov.example/a/2", VerifierKey.NOTE, 2);
  private static final NoteSigner OTHER = signer("gov.example/a/3", VerifierKey.NOTE, 3);
  private static final NoteSigner STRANGER = signer("gov.example/x/1", VerifierKey.NOTE, 4);

  @TempDir private Path folder;
  private final MemoryLedgers journal = new MemoryLedgers();
  private int logs;

  @AfterAll
  static void end() {
    KIT.shutdownTestKit();
  }

  private static NoteSigner signer(String name, int type, int seed) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return new NoteSigner(name, type, bytes);
  }

  private LedgerWitness node(String name) throws LedgerException {
    String policy =
        "log %s\nlog %s\nlog %s\nquorum none\n".formatted(FIRST.key(), SECOND.key(), OTHER.key());
    SiblingTrust trust = new SiblingTrust(TrustPolicy.parse(policy.getBytes(UTF_8), "trust"));
    return new LedgerWitness(
        KIT.system(),
        journal,
        journal,
        signer("gov.example/b/w", VerifierKey.COSIGNATURE, 9),
        () -> trust,
        folder.resolve(name),
        () -> Instant.ofEpochSecond(1_800_000_000L));
  }

  private static byte[] leaf(int number) {
    return new Entry(
            number, "%032x".formatted(number), new TreeMap<>(Map.of("n", "v")), new TreeMap<>())
        .toBytes();
  }

  private static List<byte[]> leaves(int... numbers) {
    List<byte[]> leaves = new ArrayList<>();
    for (int number : numbers) {
      leaves.add(leaf(number));
    }
    return leaves;
  }

  private SignedNote log(NoteSigner key, List<byte[]> leaves) throws Exception {
    SignedNote state = null;
    Path place = folder.resolve("log-" + ++logs);
    try (LedgerLog log = LedgerLog.create(new FolderStore(place), key)) {
      for (byte[] leaf : leaves) {
        state = log.append(Leaf.parse(leaf, "leaf")).get().checkpoint();
      }
    }
    return state;
  }

  /** Has a node take all of a log, from an entry on. */
  private String take(LedgerWitness node, NoteSigner key, int first, List<byte[]> leaves)
      throws Exception {
    SignedNote state = log(key, leaves);
    List<byte[]> sent = leaves.subList(first, leaves.size());
    byte[] shipment = new Shipment(state.toString(), first, sent).toBytes();
    return new String(node.take(shipment).toCompletableFuture().get(), UTF_8);
  }

  private void refused(
      LedgerDefect defect, LedgerWitness node, NoteSigner key, int first, List<byte[]> leaves) {
    assertThatThrownBy(() -> take(node, key, first, leaves))
        .hasCauseInstanceOf(LedgerException.class)
        .satisfies(e -> assertThat(((LedgerException) e.getCause()).defect()).isEqualTo(defect));
  }

  private List<byte[]> behind(NoteSigner key, int... numbers) throws Exception {
    return List.of(new Succession(1, log(key, leaves(numbers))).toBytes());
  }

  @Test
  void logThatFollows_isTakenAtTheEndOfTheOtherOneAlone_whichThenHasEndedOnAllNodes()
      throws Exception {
    LedgerWitness node = node("n1");
    assertThat(take(node, FIRST, 0, leaves(0, 1, 2, 3))).startsWith("\u2014 gov.example/b/w ");
    refused(LedgerDefect.LEDGER_ROLLED_BACK, node, SECOND, 0, behind(FIRST, 0, 1, 2));
    refused(LedgerDefect.LEDGER_FORKED, node, SECOND, 0, behind(FIRST, 0, 1, 2, 7));
    refused(LedgerDefect.LEDGER_ORIGIN_WRONG, node, SECOND, 0, behind(STRANGER, 0));
    refused(LedgerDefect.LEDGER_ORIGIN_WRONG, node, SECOND, 0, behind(SECOND, 0));
    List<byte[]> second = new ArrayList<>(behind(FIRST, 0, 1, 2, 3));
    assertThat(take(node, SECOND, 0, second)).startsWith("\u2014 gov.example/b/w ");
    LedgerWitness other = node("n2");
    for (LedgerWitness one : List.of(other, node)) {
      // It goes on at its old site, and is followed by another one.
      refused(LedgerDefect.LEDGER_FORKED, one, FIRST, 4, leaves(0, 1, 2, 3, 4));
      refused(LedgerDefect.LEDGER_FORKED, one, OTHER, 0, behind(FIRST, 0, 1, 2, 3));
      // What it had may be cosigned again.
      take(one, FIRST, 4, leaves(0, 1, 2, 3));
    }
    second.add(leaf(5));
    take(other, SECOND, 1, second);
    endsInTheSameWay(node, other, second);
  }

  private void endsInTheSameWay(LedgerWitness node, LedgerWitness other, List<byte[]> second)
      throws Exception {
    refused(LedgerDefect.LEDGER_FORKED, node, OTHER, 0, behind(SECOND, 1, 2));
    List<byte[]> third = List.of(new Succession(1, log(SECOND, second)).toBytes());
    take(node, OTHER, 0, third);
    second.add(leaf(6));
    refused(LedgerDefect.LEDGER_FORKED, other, SECOND, 2, second);
  }
}
