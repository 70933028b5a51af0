package govcloud.cli.sharing;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes in an agreement that another cloud has handed over. */
@Command(
    name = "take",
    description = {
      "Take in an agreement that another cloud has handed over: put it where the nodes look, and",
      "wait until they have read it. One that they do not believe is told, with the reason."
    },
    footer = {"govcloud agreement take violations.json --folder /etc/govcloud/agreements"})
final class TakeCommand extends ApiCommand {

  /** Messages between clouds are no larger. */
  private static final long LARGEST = 256 * 1_024;

  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(200);

  @Parameters(paramLabel = "FILE", description = "As `agreement hand-over` wrote it.")
  private Path file;

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      required = true,
      description = "That of govcloud.exchange.clouds.agreements-folder, the same for all nodes.")
  private Path folder;

  @Override
  protected ExitCode run(Connection connection) {
    try {
      byte[] bytes = read();
      JsonNode document = connection.json().readTree(bytes);
      String department = identifier(document, "/body/department");
      String agreement = identifier(document, "/head/agreement");
      put(bytes, department, agreement);
      String name = department + "/" + agreement;
      awaitRead(connection, name, document.at("/head/address").asText());
      connection
          .terminal()
          .say("Done. " + name + " of " + document.at("/head/sender").asText() + " is known.");
      return ExitCode.OK;
    } catch (IOException e) {
      throw malformed(e.toString());
    }
  }

  private byte[] read() throws IOException {
    if (Files.size(file) > LARGEST) {
      throw malformed("larger than " + LARGEST + " bytes");
    }
    return Files.readAllBytes(file);
  }

  private CommandFailure malformed(String found) {
    return new CommandFailure(
        ExitCode.FAILED,
        "AGREEMENT_MALFORMED",
        file + ": " + found + " (expected: an agreement as it was handed over)");
  }

  /** What becomes the name of a file is a name and nothing else. */
  private String identifier(JsonNode document, String pointer) {
    String found = document.at(pointer).asText();
    if (!IDENTIFIER.matcher(found).matches()) {
      throw malformed(pointer + ": \"" + found + "\"");
    }
    return found;
  }

  /** The nodes read whole files alone; one that was there is replaced. */
  private void put(byte[] bytes, String department, String agreement) throws IOException {
    Path own = Files.createDirectories(folder.resolve(department));
    Path next = Files.write(own.resolve(agreement + ".next"), bytes);
    Files.move(
        next,
        own.resolve(agreement + ".json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  private void awaitRead(Connection connection, String name, String address) {
    Instant deadline = connection.clock().instant().plus(PATIENCE);
    while (true) {
      JsonNode clouds = connection.get("v1", "exchange", "clouds");
      if (isKnown(clouds, name, address)) {
        return;
      }
      Optional<String> defect = defect(clouds, name);
      boolean late = connection.clock().instant().isAfter(deadline);
      if (defect.isPresent() || late) {
        throw new CommandFailure(
            ExitCode.FAILED,
            "AGREEMENT_NOT_TAKEN",
            defect.orElse(
                name + ": not read by the nodes (expected: in the folder where they look)"));
      }
      Waiting.pause(PAUSE);
    }
  }

  private static boolean isKnown(JsonNode clouds, String name, String address) {
    for (JsonNode one : clouds.path("agreements")) {
      String known = one.path("consumer").asText() + "/" + one.path("agreement").asText();
      if (known.equals(name) && one.path("address").asText().equals(address)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<String> defect(JsonNode clouds, String name) {
    for (JsonNode defect : clouds.path("defects")) {
      if (defect.asText().startsWith(name + ".json: ")) {
        return Optional.of(defect.asText());
      }
    }
    return Optional.empty();
  }
}
