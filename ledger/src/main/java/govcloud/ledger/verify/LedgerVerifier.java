package govcloud.ledger.verify;

import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Succession;
import govcloud.ledger.log.EntryBundle;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.LedgerStore;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.TileName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks all files of a ledger. For one check; a log may be at work meanwhile. */
public final class LedgerVerifier {
  private final LedgerStore store;
  private final TrustPolicy policy;
  private final List<Finding> findings = new ArrayList<>();
  private Optional<CheckedCheckpoint> predecessor = Optional.empty();

  /** A check of this ledger. */
  public LedgerVerifier(LedgerStore store, TrustPolicy policy) {
    this.store = store;
    this.policy = policy;
  }

  /**
   * Checks everything.
   *
   * @param known checkpoints of this log that somebody kept, by the names they get in findings
   */
  public LedgerReport verify(Map<String, byte[]> known) throws IOException {
    List<String> names = store.tiles();
    // The cosigned state first: a log at work publishes a state before it is cosigned.
    Optional<byte[]> cosignedFile = store.read(LedgerFiles.COSIGNED);
    Optional<CheckedCheckpoint> checkpoint =
        checked(LedgerFiles.CHECKPOINT, store.read(LedgerFiles.CHECKPOINT), true);
    if (checkpoint.isEmpty()) {
      return new LedgerReport(checkpoint, Optional.empty(), Optional.empty(), findings);
    }
    CheckedCheckpoint signed = checkpoint.get();
    Optional<CheckedCheckpoint> cosigned =
        checked(LedgerFiles.COSIGNED, cosignedFile, policy.needsWitnesses());
    cosigned.filter(state -> !state.enough()).ifPresent(this::tooFewWitnesses);
    TreeWalk walk = new TreeWalk(store, signed, findings::add);
    walk.walk(pair -> checkLeaves(pair, signed.checkpoint().origin()));
    compare(LedgerFiles.COSIGNED, cosigned, signed, walk);
    for (Map.Entry<String, byte[]> other : known.entrySet()) {
      compare(
          other.getKey(),
          checked(other.getKey(), Optional.of(other.getValue()), true),
          signed,
          walk);
    }
    checkOthers(names, signed.size(), walk);
    return new LedgerReport(
        checkpoint, cosigned.filter(CheckedCheckpoint::enough), predecessor, findings);
  }

  private Optional<CheckedCheckpoint> checked(
      String name, Optional<byte[]> file, boolean required) {
    try {
      if (file.isPresent()) {
        return Optional.of(policy.check(file.get(), name));
      }
      if (required) {
        findings.add(
            Finding.of(
                name.equals(LedgerFiles.COSIGNED)
                    ? LedgerDefect.LEDGER_WITNESS_MISSING
                    : LedgerDefect.LEDGER_MISSING,
                name,
                "(expected: a checkpoint)"));
      }
    } catch (LedgerException e) {
      findings.add(e.finding());
    }
    return Optional.empty();
  }

  private void tooFewWitnesses(CheckedCheckpoint state) {
    findings.add(
        Finding.of(
            LedgerDefect.LEDGER_WITNESS_MISSING,
            LedgerFiles.COSIGNED,
            "by " + state.witnesses().size() + " witnesses"));
  }

  private void compare(
      String name, Optional<CheckedCheckpoint> other, CheckedCheckpoint signed, TreeWalk walk)
      throws IOException {
    if (other.isEmpty()) {
      return;
    }
    CheckedCheckpoint known = other.get();
    String origin = known.checkpoint().origin();
    if (!origin.equals(signed.checkpoint().origin())) {
      findings.add(
          Finding.of(
              LedgerDefect.LEDGER_ORIGIN_WRONG,
              name,
              origin + " (expected: " + signed.checkpoint().origin() + ")"));
    } else if (known.size() > signed.size()) {
      findings.add(
          Finding.of(
              LedgerDefect.LEDGER_ROLLED_BACK,
              LedgerFiles.CHECKPOINT,
              "size " + signed.size() + " (expected: >= " + known.size() + ", " + name + ")"));
    } else {
      Optional<Hash> root = walk.rootAt(known.size());
      if (root.isPresent() && !root.get().equals(known.root())) {
        findings.add(
            Finding.of(
                LedgerDefect.LEDGER_FORKED,
                name,
                "root of "
                    + known.size()
                    + ": "
                    + known.root()
                    + " (expected: "
                    + root.get()
                    + ")"));
      }
    }
  }

  private List<Finding> checkLeaves(TilePair pair, String origin) {
    List<Finding> found = new ArrayList<>();
    long index = pair.entriesName().index() * TileName.WIDTH;
    for (EntryBundle.Place place : pair.places()) {
      try {
        if (Leaf.parse(pair.entry(place), "entry " + index) instanceof Succession succession) {
          checkSuccession(succession, index, origin);
        }
      } catch (LedgerException e) {
        found.add(
            new Finding(
                e.defect(),
                pair.entriesName().path(),
                place.from(),
                place.to(),
                e.finding().name() + ": " + e.finding().detail()));
      }
      index++;
    }
    return found;
  }

  private void checkSuccession(Succession succession, long index, String origin)
      throws LedgerException {
    String name = "entry " + index;
    if (index != 0) {
      throw new LedgerException(
          LedgerDefect.LEDGER_LEAF_MALFORMED, name, "a lost log (expected: in entry 0 only)");
    }
    CheckedCheckpoint lost = policy.check(succession.lost().toBytes(), name);
    if (lost.checkpoint().origin().equals(origin)) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ORIGIN_WRONG, name, "of this log itself (expected: of another)");
    }
    if (!lost.enough()) {
      throw new LedgerException(
          LedgerDefect.LEDGER_WITNESS_MISSING, name, "lost log, by " + lost.witnesses().size());
    }
    predecessor = Optional.of(lost);
  }

  /** Files that the newest state does not need: older partial ones, strange ones, a tail. */
  private void checkOthers(List<String> names, long size, TreeWalk walk) throws IOException {
    List<String> tail = new ArrayList<>();
    for (String path : names) {
      Optional<TileName> name = TileName.parse(path);
      if (name.isEmpty()) {
        findings.add(
            Finding.of(LedgerDefect.LEDGER_FILE_UNKNOWN, path, "(expected: a tile's name)"));
      } else if (!name.get().isWithin(size)) {
        tail.add(path);
      } else if (name.get().isPartial()
          && !TileName.edge(name.get().level(), size).equals(name)
          && walk.isKnown()) {
        checkOlder(name.get(), walk);
      }
    }
    if (!tail.isEmpty()) {
      checkTail(tail);
    }
  }

  private void checkOlder(TileName name, TreeWalk walk) throws IOException {
    Optional<byte[]> file = store.read(name.path());
    boolean entries = name.level() == TileName.ENTRIES;
    TileName hashes = new TileName(Math.max(0, name.level()), name.index(), name.width());
    Optional<byte[]> truth = walk.hashes(hashes);
    if (file.isEmpty() || truth.isEmpty()) {
      return;
    }
    if (!entries) {
      TilePair.tileFinding(name, file, truth).ifPresent(findings::add);
    } else if (!Arrays.equals(EntryBundle.hashes(file.get(), name.width()), truth.get())) {
      findings.add(
          Finding.of(LedgerDefect.LEDGER_ENTRIES_WRONG, name.path(), "an older partial bundle"));
    }
  }

  /** A log at work has signed by now what lay there when the check began. */
  private void checkTail(List<String> tail) throws IOException {
    long size = 0;
    try {
      Optional<byte[]> now = store.read(LedgerFiles.CHECKPOINT);
      size = now.isPresent() ? policy.check(now.get(), LedgerFiles.CHECKPOINT).size() : 0;
    } catch (LedgerException e) {
      findings.add(e.finding());
    }
    for (String path : tail) {
      if (!TileName.parse(path).orElseThrow().isWithin(size)) {
        findings.add(
            Finding.of(
                LedgerDefect.LEDGER_TAIL_UNSIGNED,
                path,
                "(expected: within " + size + " entries)"));
        return;
      }
    }
  }
}
