package govcloud.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ActingAs;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.RetryPolicy;
import govcloud.cli.local.CloudHome;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import govcloud.cli.output.Terminal;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cloud a command talks to, and as whom. */
public final class ConnectionOptions {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

  @Mixin private HomeOption home;

  @Option(
      names = "--url",
      paramLabel = "URL",
      split = ",",
      description =
          "Addresses of nodes. Default: GOVCLOUD_URL, or the nodes of the cloud in --home.")
  private List<URI> urls;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "File with a session's token, or with a program's key. Default: GOVCLOUD_TOKEN_FILE, or the session of"
              + " `govcloud login`, or the key in --home.")
  private Path tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description =
          "PEM file with the authority whose certificate the cloud shows. Default:"
              + " GOVCLOUD_CA_FILE, or the one of the cloud in --home; for addresses of other"
              + " machines those that this one takes.")
  private Path caFile;

  @Option(
      names = "--as",
      paramLabel = "PERSON[:ROLE]",
      description =
          "Who acts: yourself in one of your roles, or, with a key that imports, anybody."
              + " Default: the account whose token it is.")
  private String actingAs;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to try and to wait. Default: ${DEFAULT-VALUE}.")
  private long timeout;

  /** How long to try and to wait. */
  public Duration timeout() {
    return Duration.ofSeconds(timeout);
  }

  /** Makes the connection of a command that needs a token. */
  public Connection open(Terminal terminal, Clock clock, Format format) {
    return open(terminal, clock, format, true);
  }

  /**
   * Makes the connection; nothing is sent yet.
   *
   * @param needsToken whether the command can do nothing without one
   * @throws CommandFailure when there is no token
   */
  Connection open(Terminal terminal, Clock clock, Format format, boolean needsToken) {
    ObjectMapper json = Json.mapper();
    CloudHome cloud = home.home(terminal.variables());
    Supplier<List<URI>> nodes = nodes(json, cloud, terminal.variables());
    ApiClient api =
        new ApiClient(
            json,
            ApiClient.newHttpClient(authority(cloud, terminal.variables())),
            nodes,
            needsToken ? token(cloud, terminal.variables()) : "",
            RetryPolicy.within(timeout()),
            clock);
    return new Connection(
        api, new Output(terminal, format, json), terminal, json, clock, cloud, acting());
  }

  private Supplier<List<URI>> nodes(
      ObjectMapper json, CloudHome cloud, Map<String, String> variables) {
    List<URI> given = given(variables);
    return given.isEmpty() ? () -> cloud.addresses(json) : () -> given;
  }

  private List<URI> given(Map<String, String> variables) {
    String named = variables.getOrDefault("GOVCLOUD_URL", "");
    if (urls != null || named.isEmpty()) {
      return urls == null ? List.of() : urls;
    }
    return Stream.of(named.split(",", -1)).map(URI::create).toList();
  }

  /** The own cloud's, unless the addresses lead to other machines. */
  private Optional<Path> authority(CloudHome cloud, Map<String, String> variables) {
    String named = variables.getOrDefault("GOVCLOUD_CA_FILE", "");
    if (caFile != null || !named.isEmpty()) {
      return Optional.of(caFile != null ? caFile : Path.of(named));
    }
    boolean here =
        given(variables).stream().allMatch(uri -> LOOPBACK.contains(String.valueOf(uri.getHost())));
    return Optional.of(cloud.authority()).filter(own -> here && Files.exists(own));
  }

  private String token(CloudHome cloud, Map<String, String> variables) {
    String named = variables.getOrDefault("GOVCLOUD_TOKEN_FILE", "");
    Path kept = Files.exists(cloud.session()) ? cloud.session() : cloud.token();
    Path file = tokenFile != null ? tokenFile : named.isEmpty() ? kept : Path.of(named);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      if (urls == null && !Files.exists(cloud.cloud())) {
        throw new CommandFailure(
            ExitCode.UNAVAILABLE,
            "NOT_RUNNING",
            "No cloud in "
                + cloud.folder()
                + "; start one with `govcloud up`, or name one with --url.");
      }
      throw new CommandFailure(
          ExitCode.AUTHENTICATION,
          "TOKEN_MISSING",
          "Cannot read the token file " + file + "; name it with --token-file.");
    }
  }

  private String acting() {
    if (actingAs == null) {
      return null;
    }
    int colon = actingAs.lastIndexOf(':');
    return colon < 0
        ? ActingAs.header(actingAs, "operator")
        : ActingAs.header(actingAs.substring(0, colon), actingAs.substring(colon + 1));
  }
}
