package govcloud.cli.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.leaf.Entry;
import govcloud.ledger.leaf.Leaf;
import govcloud.ledger.leaf.Opening;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.TrustPolicy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies a proof. */
@Command(
    name = "verify",
    exitCodeOnInvalidInput = LedgerTask.USAGE,
    description = {
      "Verify that an entry is in a log, and show what it says.",
      "An opening lets you read one field of it; the others stay closed."
    },
    footer = {
      "govcloud ledger verify 17.tlog-proof --policy trust.txt",
      "govcloud ledger verify 17.tlog-proof --policy trust.txt --opening subject.txt --json"
    })
final class VerifyCommand extends LedgerTask {
  @Parameters(paramLabel = "PROOF", description = "A proof (C2SP tlog-proof).")
  private Path proof;

  @Option(
      names = "--leaf",
      paramLabel = "FILE",
      description = "The entry's bytes, if the proof does not bring them.")
  private Path leaf;

  @Option(
      names = "--opening",
      paramLabel = "FILE",
      description = "What opens one field; may be given several times.")
  private List<Path> openings = new ArrayList<>();

  @Override
  void run(TrustPolicy trust, ObjectNode result, List<Finding> findings)
      throws LedgerException, IOException {
    String name = proof.toString();
    LogProof read = LogProof.parse(read(proof), name);
    Optional<byte[]> entry = leaf == null ? read.extra() : Optional.of(read(leaf));
    if (entry.isEmpty()) {
      throw new LedgerException(
          LedgerDefect.LEDGER_MISSING, name, "no entry in it (expected: --leaf)");
    }
    CheckedCheckpoint state = read.check(entry.get(), trust, name);
    describe(result, state);
    result.put("index", read.index());
    requireWitnesses(state, name, findings);
    Leaf parsed = Leaf.parse(entry.get(), name);
    result.put("time", Instant.ofEpochMilli(parsed.time()).toString());
    if (parsed instanceof Entry fields) {
      result.put("id", fields.id());
      fields.open().forEach(result::put);
      fields.closed().keySet().forEach(field -> result.put(field, "(closed)"));
      for (Path file : openings) {
        Opening opening = Opening.parse(read(file), file.toString());
        opening.check(fields, file.toString());
        result.put(opening.name(), new String(opening.value(), StandardCharsets.UTF_8));
      }
    }
  }
}
