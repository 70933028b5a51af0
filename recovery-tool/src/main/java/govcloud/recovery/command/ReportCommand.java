package govcloud.recovery.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.report.ReportFiles;
import govcloud.recovery.report.ReportPrinter;
import govcloud.replication.keys.CardFolder;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.KeyException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Is this the report that the tool wrote? */
@Command(
    name = "report",
    description = {
      "Show a report of a recovery, and check its signature.",
      "It was signed with a key that only whoever joined the shares has; the card of the lost cloud",
      "names it. That of a drill was signed with the drill key, for which a signing key on the card",
      "vouches."
    },
    footer = {
      "recover report /srv/report --cards /srv/received/cards",
      "recover report /srv/report --cards /srv/received/cards --pdf",
      "recover report /srv/report --cards /srv/received/cards -o json"
    })
final class ReportCommand extends RecoveryTask {
  private static final String DRILL_KEY = "drill key";

  private static final List<Column> FAILOVER =
      List.of(
          Column.of("failover", "failover.subject"),
          Column.of("approved by", "failover.approved_by"),
          Column.of("signed at the sibling as", "failover.operation"),
          Column.of("unsigned, because", "failover.emergency"),
          Column.of("goes on from cut", "failover.given_up.cut"),
          Column.of("segments given up", "failover.given_up.segments"));

  @Parameters(paramLabel = "FOLDER", description = "Where the report was written.")
  private Path folder;

  @Option(
      names = "--cards",
      paramLabel = "FOLDER",
      required = true,
      description = "A folder with the card of the lost cloud.")
  private Path cards;

  @Option(
      names = "--pdf",
      description = {
        "Print a report that is right as report.pdf too, with the browser (chromium) and the fonts",
        "of this machine. What counts is report.json and its signature."
      })
  private boolean pdf;

  @Override
  ExitCode run() throws RecoveryException, KeyException {
    ReportFiles files = new ReportFiles(folder);
    try {
      JsonNode report = files.read();
      CloudCard card = card(report.path("cloud").asText());
      boolean isDrill =
          report.has("drill") && report.path("opened_with").asText().equals(DRILL_KEY);
      String signature = isDrill ? drillSignature(files, card) : signature(files, card);
      show(report, signature, files.failover(card.recovery()));
      boolean right = signature.equals("right");
      boolean good = right && report.path("proof").path("proved").asBoolean();
      // The report of a drill that found something is worth as much as of one that did not.
      if (good || (right && isDrill)) {
        files.writeHtml(report);
        print();
      }
      return good ? ExitCode.OK : ExitCode.FINDINGS;
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "REPORT_MISSING",
          "report: " + folder + " (expected: a folder with report.json; " + e + ")");
    }
  }

  private void print() throws IOException {
    if (pdf) {
      try {
        terminal().say("Printed: " + new ReportPrinter(terminal().variables()).print(folder));
      } catch (ReportPrinter.NotPrinted e) {
        throw new CommandFailure(
            ExitCode.UNAVAILABLE,
            "REPORT_NOT_PRINTED",
            e.getMessage() + "; report.html prints in any browser");
      }
    }
  }

  private CloudCard card(String cloud) throws KeyException {
    for (CloudCard card : CardFolder.read(cards)) {
      if (card.cloud().equals(cloud)) {
        terminal().say("card of " + cloud + ": fingerprint " + card.fingerprint());
        return card;
      }
    }
    throw usage("cards: " + cards + " has none of " + cloud + " (expected: its card)");
  }

  private static String signature(ReportFiles files, CloudCard card) throws IOException {
    return files.isSigned(card.recovery()).map(right -> right ? "right" : "wrong").orElse("none");
  }

  /** By a drill key of this cloud, which its own signing key vouches for. */
  private String drillSignature(ReportFiles files, CloudCard card) throws IOException {
    try {
      DrillCard drill = DrillCard.read(folder);
      boolean known =
          drill.cloud().equals(card.cloud())
              && drill.recoveryKey().equals(card.recoveryKey())
              && drill.isVouchedFor(card.signingKeys());
      return files
          .isSigned(drill)
          .map(signed -> signed && known ? "right" : "wrong")
          .orElse("none");
    } catch (KeyException e) {
      terminal().say(e.getMessage());
      return "none";
    }
  }

  private void show(JsonNode report, String signature, Optional<JsonNode> failover) {
    ObjectNode shown = report.deepCopy();
    failover.ifPresent(approved -> shown.set("failover", approved));
    shown.put("signature", signature);
    if (output().format() != Format.table) {
      output().one(shown, List.of());
      return;
    }
    output()
        .one(
            shown,
            List.of(
                Column.of("signature", "signature"),
                Column.of("cloud", "cloud"),
                Column.of("point", "point"),
                Column.of("cut", "cut.number"),
                Column.of("countersignature", "cut.countersignature"),
                Column.of("keyspace", "keyspace"),
                Column.of("began", "times.began_at"),
                Column.of("ended", "times.ended_at"),
                Column.of("records", "proof.records"),
                Column.of("proved", "proof.proved"),
                Column.of("differences", "proof.finding_count"),
                Column.of("approved by", "approved_by")));
    if (failover.isPresent()) {
      output().one(shown, FAILOVER);
    }
  }
}
