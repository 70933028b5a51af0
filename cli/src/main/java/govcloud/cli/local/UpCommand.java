package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.Govcloud;
import govcloud.cli.api.ApiClient;
import govcloud.cli.api.RetryPolicy;
import govcloud.cli.command.HomeOption;
import govcloud.cli.command.Installation;
import govcloud.cli.command.Json;
import govcloud.cli.command.OutputOption;
import govcloud.cli.demo.DemoLoader;
import govcloud.cli.demo.DemoSize;
import govcloud.cli.output.Column;
import govcloud.cli.output.Format;
import govcloud.cli.output.Output;
import govcloud.cli.output.ProgressBar;
import govcloud.cli.output.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts a whole cloud on this machine. */
@Command(
    name = "up",
    description = {
      "Start a cloud on this machine: a real Cassandra, nodes, demo departments; and a sibling",
      "cloud with its own Cassandra and node, to which every event is replicated.",
      "It goes on in the background until `govcloud down`; started again, it has the same data.",
      "A node that dies is started again, unless it was drained or killed by `govcloud node`."
    },
    footer = {
      "govcloud up",
      "govcloud up --nodes 5 --cases 2",
      "govcloud up --no-sibling",
      "govcloud up --home /tmp/other --port 7100 --kind intranet"
    })
public final class UpCommand implements Callable<Integer> {
  private static final int USUAL_NODES = 3;
  private static final int MOST_NODES = 16;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Spec private CommandSpec spec;
  @Mixin private HomeOption homeOption;
  @Mixin private OutputOption output;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes. Default: 3, or as many as there were before.")
  private Integer nodes;

  @Option(
      names = "--no-sibling",
      description = "Without the sibling cloud: the loss of this machine's data is final.")
  private boolean alone;

  @Option(
      names = "--no-tls",
      description =
          "Plain HTTP, and nodes that trust every program on this machine: for measurements.")
  private boolean plaintext;

  @Option(names = "--empty", description = "Without demo departments.")
  private boolean empty;

  @Mixin private DemoSize demo;

  @Option(
      names = "--kind",
      defaultValue = "extranet",
      paramLabel = "KIND",
      description =
          "extranet (public services) or intranet (internal documents). Default: extranet.")
  private String kind;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description =
          "API port of the first node, the next ones follow; 0 takes free ones. Default: 7070.")
  private Integer port;

  @Override
  public Integer call() {
    Govcloud root = (Govcloud) spec.root().userObject();
    Terminal terminal = root.terminal();
    Clock clock = root.clock();
    ObjectMapper json = Json.mapper();
    CloudHome home = homeOption.home(terminal.variables());
    check();
    Ports ports = new Ports();
    SecureRandom random = new SecureRandom();
    LocalStart start = new LocalStart(json, home, ports, random);
    start.prepare();
    NodeLaunch.requireBuilt(Installation.root());
    List<NodePlan> plan = start.plan(number(nodes), USUAL_NODES, number(port), !plaintext);
    Optional<LocalStart> sibling = sibling(json, home, ports, random);
    try (ProgressBar bar = new ProgressBar(terminal, clock, "Starting", "")) {
      start.run(kind, bar);
    }
    if (sibling.isPresent()) {
      try (ProgressBar bar = new ProgressBar(terminal, clock, "Starting its sibling", "")) {
        sibling.get().run(kind, bar);
      }
      bundle(terminal, json, home.sibling().folder().resolve("received"));
    }
    FirstAccounts.make(api(clock, json, home), json, home, !empty);
    if (sibling.isPresent()) {
      FirstAccounts.make(api(clock, json, home.sibling()), json, home.sibling(), false);
    }
    loadDemo(terminal, clock, json, home);
    show(terminal, json, home, plan);
    return ExitCode.OK.number();
  }

  /** A cloud without the tool in its replica is worse than one with it, and better than none. */
  private static void bundle(Terminal terminal, ObjectMapper json, Path received) {
    if (!RecoverTool.isBuilt()) {
      return;
    }
    try {
      RecoverTool.bundle(json, received);
    } catch (CommandFailure e) {
      terminal.say(
          "The recovery tool could not be put into "
              + received
              + ": "
              + e.getMessage()
              + " `recover bundle --archive "
              + received
              + "` does it.");
    }
  }

  private static OptionalInt number(Integer option) {
    return option == null ? OptionalInt.empty() : OptionalInt.of(option);
  }

  /**
   * Says who this cloud's sibling is, and prepares it where it is to be started too. A home that is
   * the sibling of another one is started alone: the other may be running.
   */
  private Optional<LocalStart> sibling(
      ObjectMapper json, CloudHome home, Ports ports, SecureRandom random) {
    Optional<LocalReplication.Sibling> known =
        LocalReplication.read(json, home).flatMap(LocalReplication::sibling);
    if (known.isPresent() && !known.get().home().equals(home.sibling())) {
      return Optional.empty();
    }
    String cloud = LocalReplication.named(home, kind, random);
    if (alone) {
      LocalReplication.of(json, home, cloud, Optional.empty()).write(json, home);
      return Optional.empty();
    }
    CloudHome other = home.sibling();
    LocalStart start = new LocalStart(json, other, ports, random);
    start.prepare();
    start.plan(OptionalInt.empty(), 1, OptionalInt.of(0), !plaintext);
    String otherCloud = LocalReplication.named(other, cloud + "-sibling", random);
    LocalReplication.pair(json, home, cloud, other, otherCloud);
    return Optional.of(start);
  }

  private void check() {
    demo.check();
    if (nodes != null && (nodes < 1 || nodes > MOST_NODES)) {
      throw usage("--nodes: " + nodes + " (expected: 1 to 16)");
    }
    if (!kind.equals("extranet") && !kind.equals("intranet")) {
      throw usage("--kind: " + kind + " (expected: extranet or intranet)");
    }
    if (port != null && port != 0 && (port < 1024 || port + MOST_NODES > 65_536)) {
      throw usage("--port: " + port + " (expected: 1024 to 65520, or 0)");
    }
  }

  private static CommandFailure usage(String detail) {
    return new CommandFailure(ExitCode.USAGE, "USAGE", detail);
  }

  private void loadDemo(Terminal terminal, Clock clock, ObjectMapper json, CloudHome home) {
    if (empty || Files.exists(home.demoMark())) {
      return;
    }
    try (ProgressBar bar = new ProgressBar(terminal, clock, "Demo data", "requests")) {
      new DemoLoader(api(clock, json, home), json, clock).load(bar, demo);
      Files.writeString(home.demoMark(), "");
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "HOME_NOT_WRITABLE", "Cannot write " + home.demoMark() + ".");
    } catch (CommandFailure e) {
      terminal.say(
          "The cloud runs, but its demo data is not complete: "
              + e.getMessage()
              + " `govcloud demo` goes on with it.");
    }
  }

  private static ApiClient api(Clock clock, ObjectMapper json, CloudHome home) {
    return new ApiClient(
        json,
        home.httpClient(),
        () -> home.addresses(json),
        home.readToken(),
        RetryPolicy.within(PATIENCE),
        clock);
  }

  /** The command that ends this cloud, to be given in the folder {@code here}. */
  static String stop(CloudHome home, Path here, Path root) {
    if (home.folder().equals(root.resolve(".govcloud"))) {
      return "./govcloud down";
    }
    Path shortest =
        home.folder().startsWith(here) && !home.folder().equals(here)
            ? here.relativize(home.folder())
            : home.folder();
    return "./govcloud down --home " + shortest;
  }

  private void show(Terminal terminal, ObjectMapper json, CloudHome home, List<NodePlan> plan) {
    NodePlan first = plan.get(0);
    ObjectNode addresses = json.createObjectNode();
    addresses.put("page", first.http() + "/?token=" + home.readToken());
    addresses.put("api", first.http());
    addresses.put("token_file", home.token().toString());
    // By its name: a passkey belongs to a name, never to an address.
    addresses.put("sign_in", first.http().replace("127.0.0.1", "localhost") + "/sign-in");
    addresses.put("codes", home.firstCodes().toString());
    if (first.tls()) {
      addresses.put("authority", home.authority().toString());
    }
    addresses.put("home", home.folder().toString());
    addresses.put("nodes", plan.size());
    siblingPage(json, home).ifPresent(page -> addresses.put("sibling", page));
    addresses.put("stop", stop(home, Path.of("").toAbsolutePath(), Installation.root()));
    if (output.format() == Format.table) {
      terminal.say(terminal.paint(Terminal.Colour.GREEN, "Govcloud is running."));
    }
    new Output(terminal, output.format(), json)
        .one(
            addresses,
            List.of(
                Column.of("page", "page"),
                Column.of("API", "api"),
                Column.of("token", "token_file"),
                Column.of("sign in", "sign_in"),
                Column.of("one-time codes", "codes"),
                Column.of("browsers trust", "authority"),
                Column.of("sibling", "sibling"),
                Column.of("stop", "stop")));
  }

  private static Optional<String> siblingPage(ObjectMapper json, CloudHome home) {
    return LocalReplication.read(json, home)
        .flatMap(LocalReplication::sibling)
        .map(LocalReplication.Sibling::home)
        .filter(other -> !other.addresses(json).isEmpty())
        .map(other -> other.addresses(json).get(0) + "/?token=" + other.readToken());
  }
}
