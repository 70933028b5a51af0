package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiClient;
import govcloud.pki.DevelopmentPki;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder of a cloud on this machine. Every file in it has one writer: the supervisor writes
 * what is, commands write what is wanted.
 */
public record CloudHome(Path folder) {

  public CloudHome {
    folder = folder.toAbsolutePath().normalize();
  }

  /** The key of the command line's own account; readable by its owner alone. */
  public Path token() {
    return folder.resolve("token");
  }

  /**
   * Reads the key.
   *
   * @throws CommandFailure when it is not there
   */
  public String readToken() {
    try {
      return Files.readString(token()).strip();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.AUTHENTICATION, "TOKEN_MISSING", "Cannot read " + token() + ".");
    }
  }

  /** Certificates of the cloud's doors, with their keys; its owner alone may enter. */
  Path pki() {
    return folder.resolve("pki");
  }

  /** The authority of the cloud's pages and API, to be trusted by browsers; made by {@code up}. */
  public Path authority() {
    return DevelopmentPki.authority(pki(), DevelopmentPki.Door.PUBLIC);
  }

  /** A client that takes the certificates of this cloud, if it has made some. */
  public HttpClient httpClient() {
    return ApiClient.newHttpClient(Optional.of(authority()).filter(Files::exists));
  }

  /** The session of {@code login}; readable by its owner alone. */
  public Path session() {
    return folder.resolve("session");
  }

  /** One-time codes of the first people; readable by its owner alone. */
  public Path firstCodes() {
    return folder.resolve("first-codes.json");
  }

  /** What runs, where and as which process; written by the supervisor. */
  public Path cloud() {
    return folder.resolve("cloud.json");
  }

  /** How far the supervisor is, or why it gave up. */
  public Path progress() {
    return folder.resolve("progress.json");
  }

  /** Which nodes shall run; written by commands. */
  public Path wanted() {
    return folder.resolve("wanted.json");
  }

  /** What the cloud is called and which its sibling is; written by {@code up}. */
  public Path replication() {
    return folder.resolve("replication.json");
  }

  /** The home of the sibling that {@code up} starts beside the cloud. */
  public CloudHome sibling() {
    return new CloudHome(folder.resolve("sibling"));
  }

  /** Held by the supervisor as long as it lives. */
  public Path lock() {
    return folder.resolve("supervisor.lock");
  }

  /** What the supervisor has to say. */
  public Path supervisorLog() {
    return folder.resolve("supervisor.log");
  }

  /** Exists once the demo data is loaded. */
  public Path demoMark() {
    return folder.resolve("demo-loaded");
  }

  /** Data and log of the local Cassandra. */
  public Path cassandra() {
    return folder.resolve("cassandra");
  }

  /** Configuration, log and process id of a node. */
  public Path node(String name) {
    return folder.resolve("nodes").resolve(name);
  }

  /** The JSON in a file, or an empty object when there is none. */
  public static ObjectNode read(ObjectMapper json, Path file) {
    try {
      JsonNode tree = json.readTree(Files.readAllBytes(file));
      return tree.isObject() ? (ObjectNode) tree : json.createObjectNode();
    } catch (IOException e) {
      return json.createObjectNode();
    }
  }

  /**
   * Replaces a file as a whole, so that a reader sees the old or the new one.
   *
   * @throws CommandFailure when the folder cannot be written
   */
  public static void write(ObjectMapper json, Path file, JsonNode content) {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(
          next,
          json.writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n",
          StandardCharsets.UTF_8);
      try {
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "HOME_NOT_WRITABLE",
          "Cannot write "
              + file
              + " ("
              + e.getMessage()
              + "); free some space or choose another folder with --home.");
    }
  }

  /** Base addresses of the nodes that should answer. */
  public List<URI> addresses(ObjectMapper json) {
    List<URI> addresses = new ArrayList<>();
    for (JsonNode node : read(json, cloud()).path("nodes")) {
      if (node.path("running").asBoolean(true)) {
        addresses.add(URI.create(node.path("http").asText()));
      }
    }
    return addresses;
  }
}
