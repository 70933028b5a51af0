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
import java.util.ArrayList;
import java.util.List;
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
      "Start a cloud on this machine: a real Cassandra, nodes, demo departments.",
      "It goes on in the background until `govcloud down`; started again, it has the same data.",
      "A node that dies is started again, unless it was drained or killed by `govcloud node`."
    },
    footer = {
      "govcloud up",
      "govcloud up --nodes 5 --empty",
      "govcloud up --home /tmp/other --port 7100 --kind intranet"
    })
public final class UpCommand implements Callable<Integer> {
  private static final int USUAL_PORT = 7070;
  private static final Duration DEMO_PATIENCE = Duration.ofMinutes(2);

  @Spec private CommandSpec spec;
  @Mixin private HomeOption homeOption;
  @Mixin private OutputOption output;

  @Option(
      names = "--nodes",
      defaultValue = "3",
      paramLabel = "N",
      description = "How many nodes. Default: 3.")
  private int nodes;

  @Option(names = "--empty", description = "Without demo departments.")
  private boolean empty;

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
    HomeChecks checks = new HomeChecks(home);
    if (checks.isRunning()) {
      throw checks.alreadyRunning();
    }
    NodeLaunch.requireBuilt(Installation.root());
    checks.prepare(new SecureRandom());
    new Orphans(home).end();
    List<WantedNodes.Wanted> plan = plan(json, home);
    new WantedNodes(json, home).write(plan);
    try (ProgressBar bar = new ProgressBar(terminal, clock, "Starting", "")) {
      new SupervisorLaunch(json, home, Installation.root()).run(kind, 0, bar);
    }
    loadDemo(terminal, clock, json, home);
    show(terminal, json, home, plan.get(0).plan());
    return ExitCode.OK.number();
  }

  private void check() {
    if (nodes < 1 || nodes > 16) {
      throw usage("--nodes: " + nodes + " (expected: 1 to 16)");
    }
    if (!kind.equals("extranet") && !kind.equals("intranet")) {
      throw usage("--kind: " + kind + " (expected: extranet or intranet)");
    }
    if (port != null && port != 0 && (port < 1024 || port + nodes > 65_536)) {
      throw usage("--port: " + port + " (expected: 1024 to 65520, or 0)");
    }
  }

  private static CommandFailure usage(String detail) {
    return new CommandFailure(ExitCode.USAGE, "USAGE", detail);
  }

  /** Nodes keep the ports that they had in this home before. */
  private List<WantedNodes.Wanted> plan(ObjectMapper json, CloudHome home) {
    Ports ports = new Ports();
    List<WantedNodes.Wanted> before = new WantedNodes(json, home).read();
    List<WantedNodes.Wanted> plan = new ArrayList<>();
    for (int i = 0; i < nodes; i++) {
      int http;
      if (port != null) {
        http = port == 0 ? ports.free() : ports.require(port + i);
      } else {
        http = ports.require(i < before.size() ? before.get(i).plan().httpPort() : USUAL_PORT + i);
      }
      NodePlan node = new NodePlan("node-" + (i + 1), http, ports.free(), ports.free());
      plan.add(new WantedNodes.Wanted(node, true));
    }
    return plan;
  }

  private void loadDemo(Terminal terminal, Clock clock, ObjectMapper json, CloudHome home) {
    if (empty || Files.exists(home.demoMark())) {
      return;
    }
    ApiClient api =
        new ApiClient(
            json,
            ApiClient.newHttpClient(),
            () -> home.addresses(json),
            token(home),
            RetryPolicy.within(DEMO_PATIENCE),
            clock);
    try (ProgressBar bar = new ProgressBar(terminal, clock, "Demo data", "requests")) {
      new DemoLoader(api, json, clock).load(bar);
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

  private static String token(CloudHome home) {
    try {
      return Files.readString(home.token()).strip();
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.AUTHENTICATION, "TOKEN_MISSING", "Cannot read " + home.token() + ".");
    }
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

  private void show(Terminal terminal, ObjectMapper json, CloudHome home, NodePlan first) {
    ObjectNode addresses = json.createObjectNode();
    addresses.put("page", first.http() + "/?token=" + token(home));
    addresses.put("api", first.http());
    addresses.put("token_file", home.token().toString());
    addresses.put("home", home.folder().toString());
    addresses.put("nodes", nodes);
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
                Column.of("stop", "stop")));
  }
}
