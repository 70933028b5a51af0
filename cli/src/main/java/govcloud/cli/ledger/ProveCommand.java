package govcloud.cli.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.log.LedgerFiles;
import govcloud.ledger.log.TileReader;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.tree.TreeProofs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a proof. */
@Command(
    name = "prove",
    exitCodeOnInvalidInput = LedgerTask.USAGE,
    description = {
      "Make the proof that an entry is in a log, and verify it.",
      "It rests on the newest cosigned state that has the entry, else on the newest state."
    },
    footer = {
      "govcloud ledger prove /srv/ledger/exchange-2026 17 --policy trust.txt --to 17.tlog-proof",
      "govcloud ledger prove copy 0 --policy trust.txt --to 0.tlog-proof --json"
    })
final class ProveCommand extends LedgerTask {
  @Parameters(index = "0", paramLabel = "FOLDER", description = "The ledger's files.")
  private Path folder;

  @Parameters(index = "1", paramLabel = "INDEX", description = "Number of the entry, from 0.")
  private long index;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "Where the proof is written; not there yet.")
  private Path to;

  @Override
  void run(TrustPolicy trust, ObjectNode result, List<Finding> findings)
      throws LedgerException, IOException {
    FolderStore store = ledger(folder);
    CheckedCheckpoint state = state(store, trust);
    TileReader reader = new TileReader(store, state.size());
    byte[] entry = reader.entry(index);
    LogProof proof =
        new LogProof(
            Optional.of(entry),
            index,
            new TreeProofs(reader).inclusion(index, state.size()),
            new String(state.note().toBytes(), StandardCharsets.UTF_8));
    proof.check(entry, trust, "entry " + index + " of " + folder);
    Files.write(to, proof.toBytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    describe(result, state);
    result.put("index", index);
    result.put("bytes", proof.toBytes().length);
    result.put("file", to.toString());
    requireWitnesses(state, to.toString(), findings);
  }

  private CheckedCheckpoint state(FolderStore store, TrustPolicy trust)
      throws LedgerException, IOException {
    for (String name : List.of(LedgerFiles.COSIGNED, LedgerFiles.CHECKPOINT)) {
      Optional<byte[]> file = store.read(name);
      if (file.isPresent()) {
        CheckedCheckpoint state = trust.check(file.get(), name);
        if (state.size() > index && (state.enough() || name.equals(LedgerFiles.CHECKPOINT))) {
          return state;
        }
      }
    }
    throw new LedgerException(
        LedgerDefect.LEDGER_MISSING, folder.toString(), "no state with entry " + index);
  }
}
