package govcloud.cli.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.exchange.evidence.Material;
import govcloud.exchange.evidence.Replay;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds the verdict of a recorded exchange again. */
@Command(
    name = "replay",
    exitCodeOnInvalidInput = LedgerTask.USAGE,
    description = {
      "Ask the policy of one recorded exchange again, and compare.",
      "PROOF proves the entry; RECORD has the terms and what the policy looked at",
      "(`exchange material`), and has to have the hashes that stand in the entry."
    },
    footer = {
      "govcloud ledger replay 17.tlog-proof 17.json --policy trust.txt",
      "govcloud ledger replay 17.tlog-proof 17.json --policy trust.txt --opening plate.txt --json"
    })
final class ReplayCommand extends LedgerTask {
  @Parameters(index = "0", paramLabel = "PROOF", description = "A proof (C2SP tlog-proof).")
  private Path proof;

  @Parameters(
      index = "1",
      paramLabel = "RECORD",
      description = "The material of the exchange (govcloud exchange material v1).")
  private Path record;

  @Option(
      names = "--opening",
      paramLabel = "FILE",
      description = "What opens one more field; may be given several times.")
  private List<Path> openings = new ArrayList<>();

  @Override
  void run(TrustPolicy trust, ObjectNode result, List<Finding> findings)
      throws LedgerException, IOException {
    String name = proof.toString();
    LogProof read = LogProof.parse(read(proof), name);
    byte[] leaf =
        read.extra()
            .orElseThrow(
                () -> new LedgerException(LedgerDefect.LEDGER_MISSING, name, "no entry in it"));
    CheckedCheckpoint state = read.check(leaf, trust, name);
    describe(result, state);
    result.put("index", read.index());
    requireWitnesses(state, name, findings);
    if (!(Leaf.parse(leaf, name) instanceof Entry entry)) {
      throw new LedgerException(
          LedgerDefect.LEDGER_LEAF_MALFORMED, name, "a succession (expected: an exchange)");
    }
    result.put("time", Instant.ofEpochMilli(entry.time()).toString());
    result.put("id", entry.id());
    entry.open().forEach(result::put);
    replay(read, state, entry, result, findings);
  }

  private void replay(
      LogProof read,
      CheckedCheckpoint state,
      Entry entry,
      ObjectNode result,
      List<Finding> findings)
      throws LedgerException, IOException {
    String place = record.toString();
    Material material = Material.parse(read(record), place);
    same(material.log().split("\\+", 2)[0], state.checkpoint().origin(), place + "#/log", findings);
    same("" + material.index(), "" + read.index(), place + "#/index", findings);
    Replay replay = Replay.of(entry, material, place);
    findings.addAll(replay.findings());
    result.put("policy_recorded", replay.recorded());
    result.put("policy_found", replay.found());
    result.put("policy_error", replay.error());
    for (int i = 0; i < material.openings().size(); i++) {
      byte[] text = material.openings().get(i).getBytes(StandardCharsets.ISO_8859_1);
      open(text, place + "#/openings/" + i, entry, result, findings);
    }
    for (Path file : openings) {
      open(read(file), file.toString(), entry, result, findings);
    }
  }

  private static void same(String found, String expected, String place, List<Finding> findings) {
    if (!found.equals(expected)) {
      findings.add(
          Finding.of(
              LedgerDefect.LEDGER_MATERIAL_WRONG,
              place,
              found + " (expected: " + expected + ", of the proof)"));
    }
  }

  private static void open(
      byte[] file, String place, Entry entry, ObjectNode result, List<Finding> findings) {
    try {
      Opening opening = Opening.parse(file, place);
      opening.check(entry, place);
      result.put(opening.name(), new String(opening.value(), StandardCharsets.UTF_8));
    } catch (LedgerException e) {
      findings.add(e.finding());
    }
  }
}
