package govcloud.cli.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Json;
import govcloud.cli.command.OwnerFile;
import govcloud.cli.local.CloudHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The named connections in a home, each in a folder of its own, and which of them is used where
 * none is named.
 */
public final class Contexts {
  /** The name of the cloud in the home itself; no connection may have it. */
  public static final String LOCAL = "local";

  /** Variable with the name of the connection to use. */
  public static final String VARIABLE = "GOVCLOUD_CONTEXT";

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final Path folder;
  private final ObjectMapper json = Json.mapper();

  /** Those of a home. */
  public Contexts(CloudHome home) {
    this.folder = home.folder().resolve("contexts");
  }

  /** All of them, by name. */
  List<CloudContext> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(Files::isDirectory)
          .map(each -> each.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches() && !name.equals(LOCAL))
          .sorted()
          .map(this::find)
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      throw notUsable(e);
    }
  }

  /** The connection of a name, if there is one. */
  Optional<CloudContext> find(String name) {
    requireName(name);
    Path place = folder.resolve(name);
    ObjectNode kept = CloudHome.read(json, place.resolve("context.json"));
    List<URI> urls = new ArrayList<>();
    for (JsonNode url : kept.path("urls")) {
      urls.add(URI.create(url.asText()));
    }
    return urls.isEmpty()
        ? Optional.empty()
        : Optional.of(new CloudContext(name, urls, kept.path("tenant").asText(""), place));
  }

  /**
   * The connection of a name.
   *
   * @return none for the cloud in the home itself
   * @throws CommandFailure {@code CONTEXT_UNKNOWN} when there is no such
   */
  public Optional<CloudContext> named(String name) {
    if (name.equals(LOCAL)) {
      return Optional.empty();
    }
    return Optional.of(
        find(name)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.NOT_FOUND,
                        "CONTEXT_UNKNOWN",
                        "No context " + name + "; see `govcloud context list`.")));
  }

  /** Which one is used where none is named. */
  public String used() {
    try {
      return Files.exists(current()) ? Files.readString(current()).strip() : LOCAL;
    } catch (IOException e) {
      throw notUsable(e);
    }
  }

  void use(String name) {
    named(name);
    OwnerFile.write(current(), name + "\n");
  }

  private Path current() {
    return folder.resolve("current");
  }

  /** Keeps a new connection. */
  CloudContext add(String name, List<URI> urls, Optional<Path> authority, String tenant) {
    requireName(name);
    requireFree(name);
    CloudContext added = new CloudContext(name, urls, tenant, folder.resolve(name));
    ObjectNode kept = json.createObjectNode().put("tenant", tenant);
    urls.forEach(url -> kept.withArray("/urls").add(url.toString()));
    try {
      Files.createDirectories(folder);
      Files.createDirectories(added.folder());
      Files.setPosixFilePermissions(added.folder(), PosixFilePermissions.fromString("rwx------"));
      if (authority.isPresent()) {
        OwnerFile.write(added.authorityFile(), Files.readString(authority.get()));
      }
    } catch (IOException e) {
      throw notUsable(e);
    }
    OwnerFile.write(json, added.folder().resolve("context.json"), kept);
    return added;
  }

  /** What lies in a folder from before, such as a session, is another cloud's. */
  private void requireFree(String name) {
    Path place = folder.resolve(name);
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "CONTEXT_EXISTS",
          find(name).isPresent()
              ? "There is a context " + name + " already; remove it first."
              : place + " is left of another context; delete it first.");
    }
  }

  void remove(CloudContext context) {
    if (used().equals(context.name())) {
      use(LOCAL);
    }
    try (Stream<Path> files = Files.walk(context.folder())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw notUsable(e);
    } catch (UncheckedIOException e) {
      throw notUsable(e.getCause());
    }
  }

  private static void requireName(String name) {
    if (!NAME.matcher(name).matches() || name.equals(LOCAL)) {
      throw invalid(
          "name: " + name + " (expected: a-z, 0-9 and -, at most 63, not `" + LOCAL + "`)");
    }
  }

  static CommandFailure invalid(String detail) {
    return new CommandFailure(ExitCode.USAGE, "CONTEXT_INVALID", detail);
  }

  private CommandFailure notUsable(IOException e) {
    return new CommandFailure(
        ExitCode.FAILED,
        "HOME_NOT_WRITABLE",
        "Cannot use " + folder + " (" + e.getMessage() + ").");
  }
}
