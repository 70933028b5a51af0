package govcloud.ledger.note;

import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which logs are known, and which witnesses have to have seen a checkpoint (C2SP tlog-policy). */
public final class TrustPolicy {
  private final List<VerifierKey> logs;
  private final Map<String, VerifierKey> witnesses;
  private final Map<String, Group> groups;
  private final String quorum;
  private final long latest;

  /** So many of these, each a witness or another group. */
  record Group(int needed, List<String> members) {}

  TrustPolicy(
      List<VerifierKey> logs,
      Map<String, VerifierKey> witnesses,
      Map<String, Group> groups,
      String quorum,
      long latest) {
    this.logs = List.copyOf(logs);
    this.witnesses = witnesses;
    this.groups = groups;
    this.quorum = quorum;
    this.latest = latest;
  }

  /** One log and no witness. */
  public static TrustPolicy of(VerifierKey log) {
    return new TrustPolicy(List.of(log), Map.of(), Map.of(), PolicyFile.NONE, Long.MAX_VALUE);
  }

  /**
   * Reads a policy.
   *
   * @throws LedgerException with the number of the line, if it is not one
   */
  public static TrustPolicy parse(byte[] file, String name) throws LedgerException {
    return new PolicyFile(name).parse(file);
  }

  /** The same, to which a cosignature from after a moment is wrong; in seconds since 1970. */
  public TrustPolicy notAfter(long seconds) {
    return new TrustPolicy(logs, witnesses, groups, quorum, seconds);
  }

  /** The keys of the logs that are known. */
  public List<VerifierKey> logs() {
    return logs;
  }

  /** The witnesses that are known, by what the policy calls them. */
  public Map<String, VerifierKey> witnesses() {
    return Map.copyOf(witnesses);
  }

  /** Which of its log's keys signed a checkpoint. */
  public VerifierKey signer(CheckedCheckpoint checked) throws LedgerException {
    String origin = checked.checkpoint().origin();
    for (VerifierKey key : logs) {
      if (key.name().equals(origin) && checked.note().by(key, origin).isPresent()) {
        return key;
      }
    }
    throw new LedgerException(
        LedgerDefect.LEDGER_SIGNER_UNKNOWN, origin, "no signature of " + origin);
  }

  /** Whether a checkpoint needs witnesses. */
  public boolean needsWitnesses() {
    return !quorum.equals(PolicyFile.NONE);
  }

  /**
   * Reads a checkpoint and verifies it. Whether it has enough witnesses is only told.
   *
   * @param name in findings
   */
  public CheckedCheckpoint check(byte[] file, String name) throws LedgerException {
    SignedNote note = SignedNote.parse(file, name);
    Checkpoint checkpoint = Checkpoint.parse(note.text(), name);
    List<VerifierKey> own =
        logs.stream().filter(key -> key.name().equals(checkpoint.origin())).toList();
    if (own.isEmpty()) {
      throw new LedgerException(
          LedgerDefect.LEDGER_ORIGIN_WRONG,
          name,
          checkpoint.origin() + " (expected: " + origins() + ")");
    }
    boolean signed = false;
    for (VerifierKey key : own) {
      signed |= note.by(key, name).isPresent();
    }
    if (!signed) {
      throw new LedgerException(
          LedgerDefect.LEDGER_SIGNER_UNKNOWN, name, "no signature of " + checkpoint.origin());
    }
    Map<String, Long> seen = seen(note, name);
    return new CheckedCheckpoint(checkpoint, note, seen, isEnough(seen.keySet()));
  }

  private Map<String, Long> seen(SignedNote note, String name) throws LedgerException {
    Map<String, Long> seen = new LinkedHashMap<>();
    for (Map.Entry<String, VerifierKey> witness : witnesses.entrySet()) {
      Optional<SignedNote.Signature> signature = note.by(witness.getValue(), name);
      if (signature.isPresent()) {
        SignedNote.Signature found = signature.get();
        if (found.seconds() > latest) {
          throw new LedgerException(
              new Finding(
                  LedgerDefect.LEDGER_SIGNATURE_WRONG,
                  name,
                  found.from(),
                  found.to(),
                  "time " + found.seconds() + " (expected: <= " + latest + ")"),
              null);
        }
        seen.put(witness.getKey(), found.seconds());
      }
    }
    return seen;
  }

  /** Whether these witnesses are enough. */
  boolean isEnough(Set<String> seen) {
    return quorum.equals(PolicyFile.NONE) || holds(quorum, seen);
  }

  private boolean holds(String name, Set<String> seen) {
    Group group = groups.get(name);
    if (group == null) {
      return seen.contains(name);
    }
    return group.members().stream().filter(member -> holds(member, seen)).count() >= group.needed();
  }

  /** The note of a checkpoint with its log's signatures alone. */
  public String ownLines(CheckedCheckpoint checked) {
    String origin = checked.checkpoint().origin();
    return checked
        .note()
        .only(line -> logs.stream().anyMatch(key -> key.name().equals(origin) && line.isBy(key)));
  }

  private String origins() {
    return logs.isEmpty()
        ? "a log of the policy"
        : String.join(" or ", logs.stream().map(VerifierKey::name).toList());
  }
}
