package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Installation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
  private final Path archive;
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
    this.archive = archive;
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

  /** What it says to people of a signed report; fails where it is not right. */
  String report(Path folder) {
    return new String(
        output(
            ProcessBuilder.Redirect.INHERIT,
            "above",
            List.of("report", folder.toString(), "--cards=" + archive.resolve("cards"))),
        StandardCharsets.UTF_8);
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
    line.add(command);
    line.addAll(options);
    line.addAll(List.of(further));
    line.add("--output=json");
    byte[] out = output(words, place, line);
    try {
      return json.readTree(out);
    } catch (IOException e) {
      throw failed("`recover " + command + "` said no JSON: " + e.getMessage());
    }
  }

  private byte[] output(ProcessBuilder.Redirect words, String place, List<String> arguments) {
    List<String> line = new ArrayList<>();
    line.add(program.toString());
    line.addAll(arguments);
    try {
      Process process = new ProcessBuilder(line).redirectError(words).start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      int code = process.waitFor();
      if (code != 0) {
        throw failed(
            "`recover %s` ended with %d; its message is %s."
                .formatted(arguments.get(0), code, place));
      }
      return out;
    } catch (IOException e) {
      throw failed("Cannot run " + line.get(0) + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.INTERRUPTED, "INTERRUPTED", "Interrupted.");
    }
  }

  private static CommandFailure failed(String message) {
    return new CommandFailure(ExitCode.FAILED, "RECOVERY_FAILED", message);
  }
}
