package govcloud.cli.approval;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.command.Json;
import govcloud.cli.command.JsonArgument;
import govcloud.cli.command.OutputOption;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks, without any cloud, that two people signed a command. */
@Command(
    name = "verify",
    description = {
      "Verify offline that two people signed a command, each with a passkey.",
      "The fingerprints are those of the passkeys' public keys; compare them with what the two",
      "people, or their accounts' histories, say. Exit code 11: something is wrong."
    },
    footer = {"govcloud approval verify deletion.json"})
final class VerifyCommand implements Callable<Integer> {

  private static final List<Column> SIGNERS =
      List.of(
          Column.of("PERSON", "person"),
          Column.of("SIGNATURE", "verdict"),
          Column.of("SITE", "origin"),
          Column.of("PASSKEY (SHA-256)", "passkey"));

  @Spec private CommandSpec spec;
  @Mixin private OutputOption output;

  @Parameters(
      paramLabel = "FILE",
      description = "What `govcloud approval show OPERATION -o json` gave.")
  private Path file;

  @Override
  public Integer call() {
    SignedCommand signed = new SignedCommand(JsonArgument.read(Json.mapper(), "file", "@" + file));
    List<SignedCommand.Signer> signers = signed.signers();
    long good = signers.stream().filter(one -> one.fault().isEmpty()).count();
    boolean valid = signed.isValid();
    Output out = new Output(terminal(), output.format(), Json.mapper());
    ObjectNode result = Json.mapper().createObjectNode();
    result.put("verdict", valid ? "valid" : "invalid").put("command", signed.command());
    var list = result.putArray("signatures");
    signers.forEach(one -> list.add(shape(one)));
    if (output.format() == Format.table) {
      signed.command().lines().forEach(line -> out.text(Output.plain(line)));
      out.list(list, SIGNERS);
    } else {
      out.one(result, List.of());
    }
    if (valid) {
      return ExitCode.OK.number();
    }
    terminal()
        .say(
            "Invalid: %d good signatures of %d (expected: %d or more, all of them good)."
                .formatted(good, signers.size(), SignedCommand.SIGNERS));
    return ExitCode.FINDINGS.number();
  }

  private static ObjectNode shape(SignedCommand.Signer one) {
    return Json.mapper()
        .createObjectNode()
        .put("person", one.person())
        .put("verdict", one.fault().isEmpty() ? "good" : one.fault())
        .put("origin", one.origin())
        .put("passkey", one.passkey());
  }

  private Terminal terminal() {
    return ((Govcloud) spec.root().userObject()).terminal();
  }
}
