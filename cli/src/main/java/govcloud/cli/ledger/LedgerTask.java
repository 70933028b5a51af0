package govcloud.cli.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.command.Json;
import govcloud.cli.command.OutputOption;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import govcloud.ledger.Finding;
import govcloud.ledger.LedgerDefect;
import govcloud.ledger.LedgerException;
import govcloud.ledger.log.FolderStore;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.TrustPolicy;
import govcloud.ledger.verify.LedgerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A check with the exit codes of verifiers: 0 valid, 1 invalid, 2 incomplete, 3 wrong usage. */
abstract class LedgerTask implements Callable<Integer> {
  /** The exit code of a command line or a policy that is wrong. */
  static final int USAGE = 3;

  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Option(names = "--json", description = "The same as -o json.")
  private boolean json;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      required = true,
      description = "Which logs and witnesses are trusted (C2SP tlog-policy).")
  private Path policy;

  /**
   * Checks.
   *
   * @param result takes what was found out
   * @param findings take what is wrong
   */
  abstract void run(TrustPolicy trust, ObjectNode result, List<Finding> findings)
      throws LedgerException, IOException;

  @Override
  public final Integer call() {
    TrustPolicy trust;
    try {
      trust =
          TrustPolicy.parse(read(policy), policy.toString())
              .notAfter(clock().instant().plus(CLOCKS_DIFFER).getEpochSecond());
    } catch (LedgerException e) {
      return usage(e.defect().name(), e.getMessage());
    } catch (IOException e) {
      return usage(LedgerDefect.LEDGER_UNAVAILABLE.name(), e.getMessage());
    }
    ObjectNode result = Json.mapper().createObjectNode();
    List<Finding> findings = new ArrayList<>();
    try {
      run(trust, result, findings);
    } catch (LedgerException e) {
      findings.add(e.finding());
    } catch (IOException e) {
      return usage(LedgerDefect.LEDGER_UNAVAILABLE.name(), String.valueOf(e.getMessage()));
    }
    return show(result, findings);
  }

  private int usage(String code, String detail) {
    output().problem(new CommandFailure(ExitCode.USAGE, code, detail));
    return USAGE;
  }

  private int show(ObjectNode result, List<Finding> findings) {
    LedgerReport.Verdict verdict = LedgerReport.verdict(findings);
    result.put("verdict", verdict.name().toLowerCase(java.util.Locale.ROOT));
    var list = result.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("code", finding.defect().name())
          .put("name", finding.name())
          .put("from", finding.from())
          .put("to", finding.to())
          .put("detail", finding.detail());
    }
    List<Column> columns = new ArrayList<>();
    result
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isValueNode()) {
                // Names of fields have dots in them, which are no path here.
                String name = field.getKey();
                columns.add(new Column(name.replace('_', ' '), item -> item.path(name).asText()));
              }
            });
    output().one(result, columns);
    if (format() == Format.table) {
      findings.forEach(finding -> terminal().say(finding.toString()));
    }
    return switch (verdict) {
      case VALID -> 0;
      case INVALID -> 1;
      case INCOMPLETE -> 2;
    };
  }

  /** Says what a checkpoint is. */
  static void describe(ObjectNode result, CheckedCheckpoint state) {
    result.put("origin", state.checkpoint().origin());
    result.put("size", state.size());
    result.put("root", state.root().toString());
    result.put("witnesses", String.join(" ", new java.util.TreeSet<>(state.witnesses().keySet())));
  }

  /** Tells that a checkpoint has too few witnesses. */
  static void requireWitnesses(CheckedCheckpoint state, String name, List<Finding> findings) {
    if (!state.enough()) {
      findings.add(
          Finding.of(
              LedgerDefect.LEDGER_WITNESS_MISSING,
              name,
              "by " + state.witnesses().size() + " witnesses"));
    }
  }

  /** A file of the command line; one that is not there is wrong usage. */
  static byte[] read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": none (expected: a file)");
    }
    return Files.readAllBytes(file);
  }

  /** A ledger of the command line; a folder that is not there is wrong usage. */
  static FolderStore ledger(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(folder + ": none (expected: the folder of a ledger)");
    }
    return new FolderStore(folder);
  }

  private Format format() {
    return json ? Format.json : output.format();
  }

  private Output output() {
    return new Output(terminal(), format(), Json.mapper());
  }

  private java.time.Clock clock() {
    return ((Govcloud) spec.root().userObject()).clock();
  }

  final Terminal terminal() {
    return ((Govcloud) spec.root().userObject()).terminal();
  }
}
