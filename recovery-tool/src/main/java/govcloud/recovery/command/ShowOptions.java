package govcloud.recovery.command;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.output.Terminal;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.page.PageServer;
import govcloud.recovery.plan.RecoveryPlan;
import govcloud.recovery.progress.RecoveryWatch;
import govcloud.recovery.prove.ProofReport;
import govcloud.recovery.replica.Witnessed;
import govcloud.recovery.report.ReportFiles;
import govcloud.recovery.restore.Target;
import govcloud.recovery.restore.TargetTenants;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who is to see how it goes, and how it went. */
final class ShowOptions {
  @Option(
      names = "--page",
      paramLabel = "PORT",
      arity = "0..1",
      fallbackValue = "0",
      description = {
        "Serve a page that shows how far it is, on 127.0.0.1 and for one browser; the address with",
        "its one-time token is printed. Default port: one that is free."
      })
  private Integer page;

  @Option(
      names = "--report",
      paramLabel = "FOLDER",
      description = "Where the signed report is written, as JSON and HTML; needs a proof.")
  private Path report;

  @Option(
      names = "--approved-by",
      paramLabel = "NAME",
      description = "An officer who approved this; for the report. Can be repeated.")
  private List<String> approvedBy = List.of();

  @Option(
      names = "--lost-at",
      paramLabel = "TIME",
      description = "When the site was lost, such as 2026-11-28T06:31:00Z; tells what may be lost.")
  private Instant lostAt;

  /** Whether somebody wants to know beforehand what there is. */
  boolean wantsCount() {
    return report != null || page != null;
  }

  Optional<Instant> lostAt() {
    return Optional.ofNullable(lostAt);
  }

  List<String> approvedBy() {
    return approvedBy.stream().distinct().toList();
  }

  /** The page, if it is wanted; its address is printed. */
  Optional<PageServer> page(Terminal terminal, RecoveryWatch watch, Target target) {
    if (page == null) {
      return Optional.empty();
    }
    try {
      PageServer server =
          PageServer.start(
              page,
              watch::snapshot,
              tenant -> pin(tenant, watch, target),
              ZoneId.systemDefault(),
              lostAt(),
              new SecureRandom());
      terminal.say("Page, opens once: " + server.address());
      return Optional.of(server);
    } catch (IOException e) {
      throw RecoveryTask.usage("page: " + page + " (expected: a port that is free)");
    }
  }

  private static void pin(String tenant, RecoveryWatch watch, Target target) throws IOException {
    try {
      new TargetTenants(target, proof -> {}).pin(tenant);
      watch.pinned(tenant);
    } catch (RecoveryException e) {
      throw new IOException(e);
    }
  }

  /** Writes the report, if it is wanted. */
  void report(
      RecoveryTask task,
      TargetTask.Work work,
      Optional<RecoveryPlan> plan,
      ProofReport proof,
      Optional<Witnessed> witnessed) {
    if (report == null) {
      return;
    }
    try {
      new ReportFiles(report)
          .write(ReportDocument.of(work, plan, proof, witnessed, this), work.replica().secrets());
      task.terminal().say("Signed report: " + report.resolve("report.html"));
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "REPORT_UNUSABLE", "Cannot write " + report + " (" + e + ").");
    }
  }
}
