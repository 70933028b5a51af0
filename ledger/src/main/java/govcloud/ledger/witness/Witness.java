package govcloud.ledger.witness;

import govcloud.ledger.LedgerException;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.LedgerStore;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.ProofCheck;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Answers {@code add-checkpoint} of C2SP tlog-witness. Looking at the state that is kept, keeping
 * the next and signing it are one step; what is signed is on the disk before. For several threads.
 */
public final class Witness {
  private static final int LARGEST = 512 << 10;

  private final NoteSigner signer;
  private final TrustPolicy logs;
  private final LedgerStore store;
  private final InstantSource clock;

  /**
   * An answer.
   *
   * @param status of HTTP
   * @param type its content type
   * @param body signature lines, the size that is kept, or what is wrong
   */
  public record Answer(int status, String type, String body) {
    private static Answer of(int status, String body) {
      return new Answer(status, "text/plain; charset=utf-8", body + "\n");
    }
  }

  /**
   * A witness.
   *
   * @param logs the logs that it knows
   * @param store keeps a state of each
   */
  public Witness(NoteSigner signer, TrustPolicy logs, LedgerStore store, InstantSource clock) {
    this.signer = signer;
    this.logs = logs;
    this.store = store;
    this.clock = clock;
  }

  /** The newest state of a log that was cosigned, if any. */
  public Optional<byte[]> newest(String originHash) throws IOException {
    return originHash.matches("[0-9a-f]{64}") ? store.read(name(originHash)) : Optional.empty();
  }

  /**
   * Takes in a state of a log.
   *
   * @param request as the protocol says: old size, proof, empty line, checkpoint
   */
  public synchronized Answer addCheckpoint(byte[] request) throws IOException {
    String text = new String(request, StandardCharsets.UTF_8);
    int end = text.indexOf("\n\n");
    if (request.length > LARGEST || end < 0 || !text.matches("(?s)old (0|[1-9][0-9]{0,17})\n.*")) {
      return Answer.of(400, "not a request (expected: old SIZE, a proof, an empty line, a state)");
    }
    List<String> lines = List.of(text.substring(0, end).split("\n", -1));
    long old = Long.parseLong(lines.get(0).substring(4));
    try {
      List<Hash> proof = LogProof.hashes(lines.subList(1, lines.size()), "proof");
      byte[] note = text.substring(end + 2).getBytes(StandardCharsets.UTF_8);
      return add(old, proof, logs.check(note, "checkpoint"));
    } catch (LedgerException e) {
      int status =
          switch (e.defect()) {
            case LEDGER_ORIGIN_WRONG -> 404;
            case LEDGER_SIGNER_UNKNOWN, LEDGER_SIGNATURE_WRONG -> 403;
            case LEDGER_ROOT_WRONG -> 422;
            default -> 400;
          };
      return Answer.of(status, e.getMessage());
    }
  }

  private Answer add(long old, List<Hash> proof, CheckedCheckpoint next)
      throws IOException, LedgerException {
    String name = name(HexFormat.of().formatHex(hash(next.checkpoint().origin())));
    Optional<byte[]> file = store.read(name);
    Optional<CheckedCheckpoint> kept =
        file.isPresent() ? Optional.of(logs.check(file.get(), "kept state")) : Optional.empty();
    long size = kept.map(CheckedCheckpoint::size).orElse(0L);
    Hash root = kept.map(CheckedCheckpoint::root).orElse(Hash.EMPTY);
    if (old > next.size()) {
      return Answer.of(400, "old " + old + " (expected: <= " + next.size() + ")");
    }
    if (old != size) {
      return new Answer(409, "text/x.tlog.size", size + "\n");
    }
    if (!ProofCheck.continues(size, root, next.size(), next.root(), proof)) {
      return Answer.of(422, "it does not continue the state of " + size + " entries");
    }
    String line = signer.cosign(next.note().text(), clock.instant().getEpochSecond());
    store.replace(name, (logs.ownLines(next) + line).getBytes(StandardCharsets.UTF_8));
    return new Answer(200, "text/plain; charset=utf-8", line);
  }

  private static byte[] hash(String origin) {
    return Hash.sha256().digest(origin.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(String originHash) {
    return originHash + "/" + LedgerFiles.CHECKPOINT;
  }
}
