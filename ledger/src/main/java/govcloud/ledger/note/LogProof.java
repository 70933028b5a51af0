package govcloud.ledger.note;

import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.ProofCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Proves offline that an entry is in a log (C2SP tlog-proof).
 *
 * @param extra in this house the entry itself
 * @param index of the entry, from 0
 * @param hashes from the leaf's sibling up
 * @param checkpoint a note, as its log gave it out
 */
public record LogProof(Optional<byte[]> extra, long index, List<Hash> hashes, String checkpoint) {
  private static final String TITLE = "c2sp.org/tlog-proof@v1";
  private static final String EXTRA = "extra ";
  private static final String INDEX = "index ";
  private static final int MOST_HASHES = 63;

  /**
   * Reads a proof; nothing is verified.
   *
   * @param name in findings
   */
  public static LogProof parse(byte[] file, String name) throws LedgerException {
    if (file.length > SignedNote.LARGEST) {
      throw malformed(name, file.length + " bytes (expected: <= " + SignedNote.LARGEST + ")");
    }
    String all = TextForm.utf8(file).orElseThrow(() -> malformed(name, "not UTF-8"));
    int end = all.indexOf("\n\n");
    if (end < 0) {
      throw malformed(name, "no empty line");
    }
    List<String> lines = new ArrayList<>(List.of(all.substring(0, end).split("\n", -1)));
    if (!lines.remove(0).equals(TITLE)) {
      throw malformed(name, "first line (expected: " + TITLE + ")");
    }
    Optional<byte[]> extra = Optional.empty();
    if (!lines.isEmpty() && lines.get(0).startsWith(EXTRA)) {
      extra = TextForm.base64(lines.remove(0).substring(EXTRA.length()));
      if (extra.isEmpty()) {
        throw malformed(name, "extra (expected: base64)");
      }
    }
    long index =
        Optional.of(lines)
            .filter(rest -> !rest.isEmpty() && rest.get(0).startsWith(INDEX))
            .flatMap(rest -> TextForm.number(rest.remove(0).substring(INDEX.length())))
            .orElseThrow(() -> malformed(name, "no index"));
    return new LogProof(extra, index, hashes(lines, name), all.substring(end + 2));
  }

  /** Reads hashes, one a line; also those of a witness's request. */
  public static List<Hash> hashes(List<String> lines, String name) throws LedgerException {
    if (lines.size() > MOST_HASHES) {
      throw malformed(name, lines.size() + " hashes (expected: <= " + MOST_HASHES + ")");
    }
    List<Hash> hashes = new ArrayList<>();
    for (String line : lines) {
      byte[] bytes =
          TextForm.base64(line)
              .filter(found -> found.length == Hash.LENGTH)
              .orElseThrow(() -> malformed(name, "hash: '" + line + "'"));
      hashes.add(Hash.at(bytes, 0));
    }
    return List.copyOf(hashes);
  }

  /**
   * Verifies everything: the checkpoint, and that the entry is in it.
   *
   * @param entry what the proof is about
   * @param name in findings
   * @return the checkpoint; the caller looks whether it has enough witnesses
   */
  public CheckedCheckpoint check(byte[] entry, TrustPolicy policy, String name)
      throws LedgerException {
    CheckedCheckpoint checked =
        policy.check(checkpoint.getBytes(StandardCharsets.UTF_8), name + ", checkpoint");
    Hash leaf = Hash.ofLeaf(entry);
    if (!ProofCheck.includes(leaf, index, checked.size(), hashes, checked.root())) {
      throw new LedgerException(
          LedgerDefect.LEDGER_PROOF_WRONG,
          name,
          "entry " + index + " is not in the log of " + checked.size() + " entries");
    }
    return checked;
  }

  /** The file. */
  public byte[] toBytes() {
    StringBuilder file = new StringBuilder(TITLE).append('\n');
    extra.ifPresent(bytes -> file.append(EXTRA).append(TextForm.base64(bytes)).append('\n'));
    file.append(INDEX).append(index).append('\n');
    hashes.forEach(hash -> file.append(hash).append('\n'));
    return file.append('\n').append(checkpoint).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static LedgerException malformed(String name, String detail) {
    return new LedgerException(LedgerDefect.LEDGER_MALFORMED, name, "proof: " + detail);
  }
}
