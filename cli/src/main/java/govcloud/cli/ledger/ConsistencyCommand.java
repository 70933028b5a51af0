package govcloud.cli.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.Hash;
import govcloud.ledger.tree.ProofCheck;
import govcloud.ledger.tree.TreeProofs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Checks that a log continues a state. */
@Command(
    name = "consistency",
    exitCodeOnInvalidInput = LedgerTask.USAGE,
    description = {
      "Check that a log continues a checkpoint that somebody kept: nothing before it was changed,",
      "taken away or put in between. Only the hashes on the way are read, not the whole log."
    },
    footer = {
      "govcloud ledger consistency kept.txt /srv/ledger/exchange-2026 --policy trust.txt",
      "govcloud ledger consistency kept.txt copy --policy trust.txt --json"
    })
final class ConsistencyCommand extends LedgerTask {
  @Parameters(index = "0", paramLabel = "CHECKPOINT", description = "The one that was kept.")
  private Path kept;

  @Parameters(index = "1", paramLabel = "FOLDER", description = "The ledger's files.")
  private Path folder;

  @Override
  void run(TrustPolicy trust, ObjectNode result, List<Finding> findings)
      throws LedgerException, IOException {
    CheckedCheckpoint older = trust.check(read(kept), kept.toString());
    CheckedCheckpoint newer =
        trust.check(
            ledger(folder)
                .read(LedgerFiles.CHECKPOINT)
                .orElseThrow(
                    () ->
                        new LedgerException(
                            LedgerDefect.LEDGER_MISSING, LedgerFiles.CHECKPOINT, "in " + folder)),
            LedgerFiles.CHECKPOINT);
    describe(result, newer);
    result.put("continues", older.size());
    requireWitnesses(older, kept.toString(), findings);
    if (!older.checkpoint().origin().equals(newer.checkpoint().origin())) {
      throw refused(LedgerDefect.LEDGER_ORIGIN_WRONG, older.checkpoint().origin());
    }
    if (older.size() > newer.size()) {
      throw refused(
          LedgerDefect.LEDGER_ROLLED_BACK,
          "size " + newer.size() + " (expected: >= " + older.size() + ")");
    }
    TreeProofs proofs = new TreeProofs(new TileReader(ledger(folder), newer.size()));
    List<Hash> proof = proofs.consistency(older.size(), newer.size());
    if (!ProofCheck.continues(older.size(), older.root(), newer.size(), newer.root(), proof)) {
      boolean whole = proofs.root(newer.size()).equals(newer.root());
      throw refused(
          whole ? LedgerDefect.LEDGER_FORKED : LedgerDefect.LEDGER_TILE_WRONG,
          whole
              ? "its first " + older.size() + " entries are not those of " + kept
              : "hashes are damaged (fsck tells where)");
    }
    result.put("hashes", proof.size());
  }

  private LedgerException refused(LedgerDefect defect, String detail) {
    return new LedgerException(defect, folder.toString(), detail);
  }
}
