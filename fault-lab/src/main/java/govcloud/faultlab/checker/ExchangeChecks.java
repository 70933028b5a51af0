package govcloud.faultlab.checker;

import govcloud.faultlab.checker.Violation.Invariant;
import govcloud.faultlab.history.Exchange;
import govcloud.faultlab.history.Operation.Outcome;
import govcloud.ledger.Finding;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.verify.LedgerReport;
import govcloud.ledger.verify.LedgerVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares what was given out with the ledger, as an auditor would who has its files: every answer
 * has its entry, at the place that it named, in every copy; every proof is right; and every state
 * that anybody was ever shown is a beginning of it.
 */
public final class ExchangeChecks {
  private final TrustPolicy policy;
  private final Map<String, byte[]> states;
  private final List<Violation> violations = new ArrayList<>();
  private final Map<Long, Entry> entries = new TreeMap<>();

  /**
   * Nothing checked yet.
   *
   * @param policy the log, and who has to have cosigned it
   * @param states that were shown by anybody at any time, by where
   */
  public ExchangeChecks(TrustPolicy policy, Map<String, byte[]> states) {
    this.policy = policy;
    this.states = Map.copyOf(states);
  }

  /** Gives a proof of an entry as a node has it, if it has one. */
  @FunctionalInterface
  public interface Proofs {
    /** The proof of the entry at a place. */
    Optional<byte[]> of(long index);
  }

  /**
   * Checks the files of one copy of the ledger; all have to hold the same entries.
   *
   * @param cosigned who has to have cosigned this copy
   * @return how many
   */
  public long copy(String name, Path folder, TrustPolicy cosigned) throws IOException {
    FolderStore store = new FolderStore(folder);
    LedgerReport report = new LedgerVerifier(store, cosigned).verify(states);
    for (Finding finding : report.findings()) {
      found(name + ": " + finding);
    }
    long size = report.checkpoint().map(state -> state.size()).orElse(0L);
    try {
      TileReader reader = new TileReader(store, size);
      for (long index = 0; index < size; index++) {
        Entry entry = (Entry) Leaf.parse(reader.entry(index), "entry " + index);
        Entry other = entries.putIfAbsent(index, entry);
        if (other != null && !other.equals(entry)) {
          found("%s, entry %d: %s, elsewhere %s".formatted(name, index, entry.id(), other.id()));
        }
      }
    } catch (LedgerException e) {
      found(name + ": " + e.getMessage());
    }
    return size;
  }

  /**
   * Checks the answers.
   *
   * @param asked all queries, and what came of them when they were asked
   * @param again those that were, or may have been, answered, sent once more at the end
   */
  public void answers(List<Exchange> asked, List<Exchange> again, Proofs proofs) {
    Map<Long, String> places = new HashMap<>();
    Map<String, Exchange> first = new HashMap<>();
    for (Exchange exchange : asked) {
      first.put(exchange.message(), exchange);
      if (exchange.ok() || exchange.index() >= 0) {
        requireEntry(exchange);
        String before = places.put(exchange.index(), exchange.message());
        if (before != null) {
          found(exchange.message() + ": has the entry of " + before + ", " + exchange.index());
        }
      }
    }
    for (Exchange exchange : again) {
      requireSame(first.get(exchange.message()), exchange);
    }
    further();
    places.keySet().forEach(index -> prove(index, proofs));
  }

  private void requireEntry(Exchange exchange) {
    Entry entry = entries.get(exchange.index());
    String decision = exchange.ok() ? "permit" : "deny";
    if (entry == null || !entry.id().equals(exchange.exchange())) {
      found(
          "%s: answered with entry %d, %s, where there is %s"
              .formatted(
                  exchange.message(),
                  exchange.index(),
                  exchange.exchange(),
                  entry == null ? "nothing" : entry.id()));
    } else if (!decision.equals(entry.open().get("decision"))) {
      found(
          "%s: entry %d says %s (expected: %s)"
              .formatted(
                  exchange.message(), exchange.index(), entry.open().get("decision"), decision));
    }
  }

  /** Nothing is answered with another entry than before, nor is given out without one. */
  private void requireSame(Exchange before, Exchange again) {
    if (!again.ok()) {
      found(
          "%s: was %s, sent again it is %s %s"
              .formatted(again.message(), before.outcome(), again.outcome(), again.code()));
      return;
    }
    requireEntry(again);
    boolean same =
        before.outcome() == Outcome.UNKNOWN
            || (again.index() == before.index()
                && again.exchange().equals(before.exchange())
                && again.replayed());
    if (!same) {
      found(
          "%s: had entry %d, has %d when sent again%s"
              .formatted(
                  again.message(),
                  before.index(),
                  again.index(),
                  again.replayed() ? "" : ", as a new exchange"));
    }
  }

  /**
   * A message that is sent again while it is under way may leave further entries of its exchange,
   * which no answer names. They must not say anything else.
   */
  private void further() {
    Map<String, Entry> seen = new HashMap<>();
    for (Entry entry : entries.values()) {
      Entry before = seen.putIfAbsent(entry.id(), entry);
      if (before != null && !before.open().get("decision").equals(entry.open().get("decision"))) {
        found(
            "exchange %s: %s and %s"
                .formatted(
                    entry.id(), before.open().get("decision"), entry.open().get("decision")));
      }
    }
  }

  private void prove(long index, Proofs proofs) {
    String name = "proof of entry " + index;
    try {
      Optional<byte[]> file = proofs.of(index);
      if (file.isEmpty()) {
        found(name + ": none");
        return;
      }
      LogProof proof = LogProof.parse(file.get(), name);
      byte[] leaf = proof.extra().orElse(new byte[0]);
      if (!proof.check(leaf, policy, name).enough()) {
        found(name + ": not cosigned by both witnesses");
      }
      Entry entry = entries.get(index);
      if (proof.index() != index || entry == null || !entry.equals(Leaf.parse(leaf, name))) {
        found(name + ": of another entry");
      }
    } catch (LedgerException e) {
      found(name + ": " + e.getMessage());
    }
  }

  private void found(String what) {
    violations.add(new Violation(Invariant.I7_LEDGER, what));
  }

  /** What was found so far. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }
}
