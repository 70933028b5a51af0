package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the recovery tool as an operator would: another program that knows nothing of this one. */
final class RecoverTool {
  private final ObjectMapper json;
  private final List<String> replica = new ArrayList<>();

  /**
   * The tool.
   *
   * @param archive what the sibling received
   * @param shares as many as are needed
   * @param fingerprints of the cards of both clouds, as their officers know them
   */
  RecoverTool(ObjectMapper json, Path archive, List<Path> shares, List<String> fingerprints) {
    this.json = json;
    replica.add("--archive=" + archive);
    shares.forEach(share -> replica.add("--share=" + share));
    fingerprints.forEach(fingerprint -> replica.add("--fingerprint=" + fingerprint));
  }

  /**
   * Runs a command; its progress and its words go where this program's go.
   *
   * @return what it says as JSON
   * @throws CommandFailure with the tool's exit code when it fails
   */
  JsonNode run(String command, String... further) {
    List<String> line = new ArrayList<>();
    line.add(Installation.root().resolve("recover").toString());
    line.add(command);
    line.addAll(replica);
    line.addAll(List.of(further));
    line.add("--output=json");
    try {
      Process process =
          new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      if (code != 0) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "RECOVERY_FAILED",
            "`recover " + command + "` ended with " + code + "; its message is above.");
      }
      return json.readTree(out);
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "RECOVERY_FAILED", "Cannot run " + line.get(0) + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    }
  }
}
