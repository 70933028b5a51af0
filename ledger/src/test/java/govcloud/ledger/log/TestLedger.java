package govcloud.ledger.log;

import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.note.VerifierKey;
import govcloud.ledger.tree.Hash;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Ledgers as tests need them; everything follows from names and numbers. */
public final class TestLedger {
  public static final String ORIGIN = "gov.example/harbour/exchange/2026";
  public static final long TIME = 1_780_000_000L;

  private TestLedger() {}

  public static byte[] seed(String name) {
    return Hash.sha256().digest(name.getBytes(StandardCharsets.UTF_8));
  }

  public static NoteSigner log(String origin) {
    return new NoteSigner(origin, VerifierKey.NOTE, seed(origin));
  }

  public static NoteSigner witness(String name) {
    return new NoteSigner(name, VerifierKey.COSIGNATURE, seed(name));
  }

  /** The log, and one of two witnesses. */
  public static String policyText() {
    return """
        # a policy of a test
        log %s
        witness audit %s
        witness sibling %s
        group all all audit sibling
        quorum all
        """
        .formatted(
            log(ORIGIN).key(),
            witness("audit.example/w").key(),
            witness("mountain.example/w").key());
  }

  public static TrustPolicy policy() throws LedgerException {
    return TrustPolicy.parse(policyText().getBytes(StandardCharsets.UTF_8), "policy");
  }

  public static FieldKeys keys(long number) {
    return new FieldKeys(seed("entry " + number));
  }

  public static Entry entry(long number) {
    TreeMap<String, String> open = new TreeMap<>();
    open.put("decision", number % 7 == 0 ? "deny" : "permit");
    open.put("agreement", "sha256:" + Hash.ofLeaf(new byte[] {(byte) (number % 5)}));
    TreeMap<String, Hash> closed = new TreeMap<>();
    for (String field : List.of("subject", "requester", "answer")) {
      closed.put(field, keys(number).commit(field, value(field, number)));
    }
    return new Entry(TIME * 1000 + number, "%032x".formatted(number), open, closed);
  }

  public static byte[] value(String field, long number) {
    return (field + " of " + number).getBytes(StandardCharsets.UTF_8);
  }

  public static List<byte[]> leaves(long from, long to) {
    List<byte[]> leaves = new ArrayList<>();
    for (long number = from; number < to; number++) {
      leaves.add(entry(number).toBytes());
    }
    return leaves;
  }

  /** Both witnesses' lines for a state. */
  public static List<String> cosignatures(SignedNote state) {
    return List.of(
        witness("audit.example/w").cosign(state.text(), TIME),
        witness("mountain.example/w").cosign(state.text(), TIME + 1));
  }

  /** A log of a size, made in several batches, whose last but one state is cosigned. */
  public static MemoryStore of(int size) throws LedgerException {
    MemoryStore store = new MemoryStore();
    Sequencer sequencer = Sequencer.create(store, log(ORIGIN), List.of());
    int at = 0;
    SignedNote state = sequencer.signed();
    while (at < size) {
      state = sequencer.signed();
      int next = Math.min(size, at + 1 + at / 2);
      sequencer.commit(leaves(at, next));
      at = next;
    }
    sequencer.cosigned(state, cosignatures(state), policy());
    return store;
  }
}
