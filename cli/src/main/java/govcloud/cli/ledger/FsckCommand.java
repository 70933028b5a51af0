package govcloud.cli.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.ledger.Finding;
import govcloud.ledger.LedgerException;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.verify.LedgerChain;
import govcloud.ledger.verify.LedgerReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a whole ledger. */
@Command(
    name = "fsck",
    exitCodeOnInvalidInput = LedgerTask.USAGE,
    description = {
      "Check every entry and every hash of a ledger against what was signed.",
      "Each finding names the file and the bytes. The log may be at work meanwhile."
    },
    footer = {
      "govcloud ledger fsck /srv/ledger/exchange-2026 --policy trust.txt",
      "govcloud ledger fsck copy --policy trust.txt --known kept.txt --json",
      "govcloud ledger fsck copy --policy trust.txt --lost copy-of-the-lost-one"
    })
final class FsckCommand extends LedgerTask {
  @Parameters(paramLabel = "FOLDER", description = "The ledger's files.")
  private Path folder;

  @Option(
      names = "--known",
      paramLabel = "FILE",
      description = "A checkpoint of this log that was kept; may be given several times.")
  private List<Path> known = new ArrayList<>();

  @Option(
      names = "--lost",
      paramLabel = "FOLDER",
      description = {
        "A copy of the ledger that this one follows. It is checked too: this one has to begin with",
        "its last cosigned state. May be given several times, from the newest to the oldest."
      })
  private List<Path> lost = new ArrayList<>();

  @Override
  void run(TrustPolicy trust, ObjectNode result, List<Finding> findings)
      throws LedgerException, IOException {
    Map<String, byte[]> kept = new LinkedHashMap<>();
    for (Path file : known) {
      kept.put(file.toString(), read(file));
    }
    List<LedgerChain.Lost> before = new ArrayList<>();
    for (Path one : lost) {
      before.add(new LedgerChain.Lost(one.toString(), ledger(one)));
    }
    LedgerReport report = new LedgerChain(trust).verify(ledger(folder), kept, before);
    report.checkpoint().ifPresent(state -> describe(result, state));
    result.put("cosigned", report.cosigned().map(state -> state.size()).orElse(0L));
    report
        .predecessor()
        .ifPresent(
            lost ->
                result.put(
                    "follows", lost.checkpoint().origin() + " at " + lost.checkpoint().size()));
    findings.addAll(report.findings());
  }
}
