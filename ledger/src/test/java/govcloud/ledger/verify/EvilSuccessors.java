package govcloud.ledger.verify;

import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Succession;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.LedgerLog;
import govcloud.ledger.log.MemoryStore;
import govcloud.ledger.log.TestLedger;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.note.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Logs with the right keys that say of themselves that they follow a lost one, and lie about it;
 * and honest ones. The copy of the lost log has 300 entries, the first 209 of them cosigned.
 */
final class EvilSuccessors {
  private static final String SECOND = "gov.example/harbour/exchange/2026-2";
  private static final String THIRD = "gov.example/harbour/exchange/2026-3";
  private static final String OTHER = "gov.example/mountain/exchange/2026";
  private static final String LAST = "lost-2";
  private static final String BEHIND = ": entry 0 of the ledger behind";

  private EvilSuccessors() {}

  /**
   * A chain of logs.
   *
   * @param name what is wrong with it
   * @param stores from the newest to the oldest
   * @param findings code and name of each; none: it is whole
   */
  record Chain(String name, List<MemoryStore> stores, List<String> findings) {

    /** The logs before the newest, under the names that findings have. */
    List<LedgerChain.Lost> lost() {
      List<LedgerChain.Lost> lost = new ArrayList<>();
      for (int i = 1; i < stores.size(); i++) {
        lost.add(new LedgerChain.Lost("lost-" + i, stores.get(i)));
      }
      return lost;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** A policy that knows all of these logs. */
  static String policyText() {
    StringBuilder text = new StringBuilder(TestLedger.policyText());
    for (String origin : List.of(SECOND, THIRD, OTHER)) {
      text.append("log ").append(TestLedger.log(origin).key()).append('\n');
    }
    return text.toString();
  }

  static TrustPolicy policy() throws LedgerException {
    return TrustPolicy.parse(policyText().getBytes(StandardCharsets.UTF_8), "policy");
  }

  static List<Chain> all() throws Exception {
    MemoryStore lost = TestLedger.of(300);
    SignedNote last = cosigned(lost);
    MemoryStore second = successor(SECOND, last);
    MemoryStore older = successor(SECOND, at(lost, 100));
    byte[] signed = lost.files().get(LedgerFiles.CHECKPOINT);
    MemoryStore uncosigned = successor(SECOND, SignedNote.parse(signed, "checkpoint"));
    MemoryStore further = successor(SECOND, cosigned(TestLedger.of(600)));
    MemoryStore fork = successor(SECOND, cosigned(log(TestLedger.ORIGIN, 1000, 250)));
    MemoryStore stranger = successor(SECOND, cosigned(log(OTHER, 0, 250)));
    return List.of(
        chain("honest", List.of(successor(THIRD, cosigned(second)), second, lost)),
        chain("older", List.of(older, lost), "LEDGER_ROLLED_BACK entry 0"),
        chain("further", List.of(further, lost), "LEDGER_ROLLED_BACK lost-1: checkpoint"),
        chain("fork", List.of(fork, lost), "LEDGER_FORKED lost-1" + BEHIND),
        chain("stranger", List.of(stranger, lost), "LEDGER_ORIGIN_WRONG lost-1" + BEHIND),
        chain(
            "itself",
            List.of(successor(TestLedger.ORIGIN, last), lost),
            "LEDGER_ORIGIN_WRONG tile/entries/000.p/2",
            "LEDGER_ORIGIN_WRONG lost-1"),
        chain("none", List.of(log(SECOND, 0, 3), lost), "LEDGER_ORIGIN_WRONG lost-1"),
        chain(
            "uncosigned",
            List.of(uncosigned, lost),
            "LEDGER_WITNESS_MISSING tile/entries/000.p/2",
            "LEDGER_ORIGIN_WRONG lost-1"),
        chain(
            "one left out",
            List.of(successor(THIRD, cosigned(second)), lost),
            "LEDGER_ORIGIN_WRONG lost-1" + BEHIND),
        chain(
            "older, before an honest one",
            List.of(successor(THIRD, cosigned(older)), older, lost),
            "LEDGER_ROLLED_BACK lost-1: entry 0"),
        chain(
            "lost one changed",
            List.of(successor(THIRD, cosigned(second)), second, changed(lost)),
            "LEDGER_ENTRIES_WRONG " + LAST + ": tile/entries/000"));
  }

  private static Chain chain(String name, List<MemoryStore> stores, String... findings) {
    return new Chain(name, stores, List.of(findings));
  }

  private static MemoryStore changed(MemoryStore sound) {
    MemoryStore damaged = sound.copy();
    byte[] entries = damaged.files().get("tile/entries/000").clone();
    entries[entries.length - 1] ^= 1;
    damaged.files().put("tile/entries/000", entries);
    return damaged;
  }

  /** The newest state of a log that both witnesses cosigned. */
  private static SignedNote cosigned(MemoryStore store) throws LedgerException {
    return SignedNote.parse(store.files().get(LedgerFiles.COSIGNED), "cosigned");
  }

  /** An older state, cosigned too. */
  private static SignedNote at(MemoryStore store, long size) throws LedgerException {
    try (LedgerLog log =
        LedgerLog.open(store.copy(), TestLedger.log(TestLedger.ORIGIN), List.of())) {
      SignedNote state = log.at(size);
      return state.with(TestLedger.cosignatures(state));
    }
  }

  private static MemoryStore log(String origin, int first, int size) throws Exception {
    MemoryStore store = new MemoryStore();
    try (LedgerLog log = LedgerLog.create(store, TestLedger.log(origin))) {
      for (int i = 0; i < size - 1; i++) {
        var unused = log.append(TestLedger.entry(first + i));
      }
      finish(log, first + size);
    }
    return store;
  }

  private static MemoryStore successor(String origin, SignedNote state) throws Exception {
    MemoryStore store = new MemoryStore();
    NoteSigner signer = TestLedger.log(origin);
    try (LedgerLog log = LedgerLog.create(store, signer)) {
      log.append(new Succession(TestLedger.TIME * 1000, state)).get();
      finish(log, 7);
    }
    return store;
  }

  private static void finish(LedgerLog log, int number)
      throws LedgerException, ExecutionException, InterruptedException {
    SignedNote newest = log.append(TestLedger.entry(number)).get().checkpoint();
    log.cosigned(newest, TestLedger.cosignatures(newest), policy());
  }
}
