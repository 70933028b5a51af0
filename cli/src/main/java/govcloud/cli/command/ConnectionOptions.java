package govcloud.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ActingAs;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.RetryPolicy;
import govcloud.cli.context.CloudContext;
import govcloud.cli.context.ContextTenant;
import govcloud.cli.context.Contexts;
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
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which cloud a command talks to, and as whom. */
public final class ConnectionOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Mixin private HomeOption home;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description =
          "Connection to use, by its name; `local` is the cloud in --home. Default:"
              + " GOVCLOUD_CONTEXT, or the one of `govcloud context use`.")
  private String contextName;

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
          "File with a session's token, or with a program's key. Default: GOVCLOUD_TOKEN_FILE, or"
              + " the session of `govcloud login`, or the key in --home.")
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
    Map<String, String> variables = terminal.variables();
    CloudHome own = home.home(variables);
    Optional<CloudContext> named = context(own, variables);
    ContextTenant.fill(command, named);
    CloudHome cloud = named.map(CloudContext::home).orElse(own);
    // A connection is everything: the variables of another one do not count beside it.
    Map<String, String> counting = named.isPresent() ? Map.of() : variables;
    ApiClient api =
        new ApiClient(
            json,
            ApiClient.newHttpClient(authority(named, cloud, counting)),
            nodes(json, named, cloud, counting),
            needsToken ? token(named, cloud, counting) : "",
            RetryPolicy.within(timeout()),
            clock);
    return new Connection(
        api, new Output(terminal, format, json), terminal, json, clock, cloud, acting());
  }

  /**
   * The named connection that is in force; none: the cloud in the home, or the given addresses.
   *
   * @throws CommandFailure when there is no such, or addresses are given beside it
   */
  private Optional<CloudContext> context(CloudHome own, Map<String, String> variables) {
    Contexts contexts = new Contexts(own);
    if (contextName != null) {
      Optional<CloudContext> named = contexts.named(contextName);
      if (named.isPresent() && urls != null) {
        throw new CommandFailure(
            ExitCode.USAGE,
            "CONTEXT_INVALID",
            "--url: beside --context " + contextName + " (expected: one of them)");
      }
      return named;
    }
    if (!given(variables).isEmpty()) {
      return Optional.empty();
    }
    String variable = variables.getOrDefault(Contexts.VARIABLE, "");
    return contexts.named(variable.isEmpty() ? contexts.used() : variable);
  }

  /**
   * Refuses a named connection that comes from {@code context use} or a variable.
   *
   * @throws CommandFailure {@code CONTEXT_NOT_NAMED}
   */
  void requireNamed(Terminal terminal) {
    Map<String, String> variables = terminal.variables();
    Optional<CloudContext> used = context(home.home(variables), variables);
    if (contextName == null && used.isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "CONTEXT_NOT_NAMED",
          "The context "
              + used.get().name()
              + " is used, and this is about keys: say --context local for the cloud of this"
              + " machine, or --context "
              + used.get().name()
              + ".");
    }
  }

  private Supplier<List<URI>> nodes(
      ObjectMapper json,
      Optional<CloudContext> named,
      CloudHome cloud,
      Map<String, String> variables) {
    List<URI> given = named.map(CloudContext::urls).orElseGet(() -> given(variables));
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
  private Optional<Path> authority(
      Optional<CloudContext> context, CloudHome cloud, Map<String, String> variables) {
    String named = variables.getOrDefault("GOVCLOUD_CA_FILE", "");
    if (caFile != null || !named.isEmpty()) {
      return Optional.of(caFile != null ? caFile : Path.of(named));
    }
    if (context.isPresent()) {
      return context.get().authority();
    }
    boolean here = given(variables).stream().allMatch(Loopback::is);
    return Optional.of(cloud.authority()).filter(own -> here && Files.exists(own));
  }

  private String token(
      Optional<CloudContext> context, CloudHome cloud, Map<String, String> variables) {
    if (context.isPresent() && tokenFile == null) {
      context.get().requireSecret();
    }
    String named = variables.getOrDefault("GOVCLOUD_TOKEN_FILE", "");
    Path kept = Files.exists(cloud.session()) ? cloud.session() : cloud.token();
    Path file = tokenFile != null ? tokenFile : named.isEmpty() ? kept : Path.of(named);
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      if (context.isEmpty() && urls == null && !Files.exists(cloud.cloud())) {
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
