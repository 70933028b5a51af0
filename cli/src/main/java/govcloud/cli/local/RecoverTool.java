package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs the recovery tool as an operator would: another program that knows nothing of this one. */
final class RecoverTool {
  private final ObjectMapper json;
  private final Path program;
  private final List<String> replica = new ArrayList<>();

  /**
   * The tool.
   *
   * @param archive what the sibling received
   * @param shares as many as are needed
   * @param fingerprints of the cards of both clouds, as their officers know them
   */
  RecoverTool(ObjectMapper json, Path archive, List<Path> shares, List<String> fingerprints) {
    this(json, inArchive(archive).orElse(installed()), archive);
    shares.forEach(share -> replica.add("--share=" + share));
    fingerprints.forEach(fingerprint -> replica.add("--fingerprint=" + fingerprint));
  }

  private RecoverTool(ObjectMapper json, Path program, Path archive) {
    this.json = json;
    this.program = program;
    replica.add("--archive=" + archive);
  }

  /** The tool of this installation, put into an archive, from where it needs nothing else. */
  static void bundle(ObjectMapper json, Path archive) {
    new RecoverTool(json, installed(), archive).run("bundle");
  }

  /** Whether this installation has the tool; it is built after this program. */
  static boolean isBuilt() {
    return Files.exists(Installation.root().resolve("recovery-tool/target/govcloud-recover.jar"));
  }

  private static Path installed() {
    return Installation.root().resolve("recover");
  }

  /** The tool that lies in an archive; the newest, where there are several. */
  private static Optional<Path> inArchive(Path archive) {
    Path bundles = archive.resolve("bundle");
    if (!Files.isDirectory(bundles)) {
      return Optional.empty();
    }
    try (Stream<Path> all = Files.list(bundles)) {
      return all.map(bundle -> bundle.resolve("recover"))
          .filter(Files::isExecutable)
          .max(Comparator.comparing(program -> program.getParent().toFile().lastModified()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * Runs a command; its progress and its words go where this program's go.
   *
   * @return what it says as JSON
   * @throws CommandFailure with the tool's exit code when it fails
   */
  JsonNode run(String command, String... further) {
    return run(ProcessBuilder.Redirect.INHERIT, "above", command, replica, further);
  }

  /** The same beside other work: its words go to a file. */
  JsonNode runBeside(Path words, String command, String... further) {
    return run(
        ProcessBuilder.Redirect.to(words.toFile()), "in " + words, command, replica, further);
  }

  /**
   * How far the recovery in a keyspace is, {@code none} while there is no such keyspace; needs
   * neither archive nor shares.
   */
  String state(String... target) {
    try {
      return run(ProcessBuilder.Redirect.DISCARD, "not kept", "queue", List.of(), target)
          .path("state")
          .asText();
    } catch (CommandFailure e) {
      if (e.exitCode() != ExitCode.FAILED) {
        throw e;
      }
      return "none";
    }
  }

  private JsonNode run(
      ProcessBuilder.Redirect words,
      String place,
      String command,
      List<String> options,
      String... further) {
    List<String> line = new ArrayList<>();
    line.add(program.toString());
    line.add(command);
    line.addAll(options);
    line.addAll(List.of(further));
    line.add("--output=json");
    try {
      Process process = new ProcessBuilder(line).redirectError(words).start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      if (code != 0) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "RECOVERY_FAILED",
            "`recover " + command + "` ended with " + code + "; its message is " + place + ".");
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
