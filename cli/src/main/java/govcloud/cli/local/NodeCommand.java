package govcloud.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.cli.api.ApiRequest;
import govcloud.cli.command.ApiCommand;
import govcloud.cli.command.ChangeOptions;
import govcloud.cli.command.Confirmation;
import govcloud.cli.command.Connection;
import govcloud.cli.command.Group;
import govcloud.cli.command.Waiting;
import govcloud.cli.output.Column;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The nodes of a cloud. */
@Command(
    name = "node",
    description = "Nodes of the cloud: list, add, drain, kill.",
    footer = {"govcloud node list", "govcloud node kill node-2", "govcloud node add"},
    subcommands = {
      NodeCommand.ListNodes.class,
      NodeCommand.Add.class,
      NodeCommand.Drain.class,
      NodeCommand.Kill.class
    })
public final class NodeCommand extends Group {
  private static final List<Column> ONE =
      List.of(Column.of("node", "name"), Column.of("status", "status"), Column.of("API", "http"));

  /** Lists nodes. */
  @Command(
      name = "list",
      description = "List the nodes of the cluster.",
      footer = {"govcloud node list", "govcloud node list -o json"})
  public static final class ListNodes extends ApiCommand {
    @Override
    protected ExitCode run(Connection connection) {
      connection
          .output()
          .list(connection.get("v1", "cluster").path("nodes"), StatusCommand.nodeColumns());
      return ExitCode.OK;
    }
  }

  /** Adds a node. */
  @Command(
      name = "add",
      description = {
        "Start a node that was drained or killed, or one more, and wait until it takes requests.",
        "Works for a cloud of `govcloud up`."
      },
      footer = {"govcloud node add", "govcloud node add node-2"})
  public static final class Add extends ApiCommand {
    @Parameters(
        arity = "0..1",
        paramLabel = "NODE",
        description = "Default: the first that is stopped, or a new one.")
    private String name;

    @Override
    protected ExitCode run(Connection connection) {
      requireLocal(connection);
      List<NodePlan> chosen = new ArrayList<>();
      new WantedNodes(connection.json(), connection.home())
          .change(
              wanted -> {
                List<WantedNodes.Wanted> changed = new ArrayList<>(wanted);
                chosen.add(choose(changed));
                return changed;
              });
      NodePlan plan = chosen.get(0);
      HttpClient http = connection.home().httpClient();
      await(
          connection,
          plan.name(),
          node ->
              node != null
                  && node.path("status").asText().equals("up")
                  && NodeLaunch.isReady(http, plan));
      connection.terminal().say("Node " + plan.name() + " is up.");
      ObjectNode shown = connection.body();
      plan.describe(shown);
      connection.output().one(shown.put("status", "up"), ONE);
      return ExitCode.OK;
    }

    private NodePlan choose(List<WantedNodes.Wanted> wanted) {
      for (int i = 0; i < wanted.size(); i++) {
        WantedNodes.Wanted one = wanted.get(i);
        boolean named = name == null || one.plan().name().equals(name);
        if (named && !one.running()) {
          wanted.set(i, new WantedNodes.Wanted(one.plan(), true));
          return one.plan();
        }
      }
      String fresh = name == null ? "node-" + (wanted.size() + 1) : name;
      if (wanted.stream().anyMatch(one -> one.plan().name().equals(fresh))) {
        throw new CommandFailure(
            ExitCode.CONFLICT,
            "NODE_RUNS",
            "Node " + fresh + " runs already; see `govcloud node list`.");
      }
      Ports ports = new Ports();
      int next = wanted.stream().mapToInt(one -> one.plan().httpPort()).max().orElse(7069) + 1;
      int http = Ports.isFree(next) ? ports.require(next) : ports.free();
      NodePlan plan =
          new NodePlan(fresh, http, ports.free(), ports.free(), ports.free(), haveTls(wanted));
      wanted.add(new WantedNodes.Wanted(plan, true));
      return plan;
    }
  }

  private static boolean haveTls(List<WantedNodes.Wanted> wanted) {
    return wanted.isEmpty() || wanted.stream().anyMatch(one -> one.plan().tls());
  }

  /** A command about one node. */
  abstract static class OneNode extends ApiCommand {
    @Parameters(paramLabel = "NODE", description = "The node, such as node-2.")
    private String name;

    final String name() {
      return name;
    }
  }

  /** Moves everything off a node. */
  @Command(
      name = "drain",
      description = {
        "Move everything off a node and let it leave; no request fails.",
        "It stays stopped until `govcloud node add`."
      },
      footer = {"govcloud node drain node-2"})
  public static final class Drain extends OneNode {
    @Mixin private ChangeOptions change;

    @Override
    protected ExitCode run(Connection connection) {
      String path = ApiRequest.path("v1", "cluster", "nodes", name()) + "/drain";
      WantedNodes wanted = new WantedNodes(connection.json(), connection.home());
      boolean local = !change.isDryRun() && isLocal(connection);
      if (local) {
        wanted.set(name(), false);
      }
      JsonNode answer = drain(connection, path, wanted, local);
      if (!change.isDryRun()) {
        await(connection, name(), node -> node == null);
        connection
            .terminal()
            .say(
                "Node " + name() + " has left; `govcloud node add " + name() + "` brings it back.");
      }
      connection
          .output()
          .one(answer, List.of(Column.of("node", "node"), Column.of("status", "status")));
      return ExitCode.OK;
    }

    private JsonNode drain(Connection connection, String path, WantedNodes wanted, boolean local) {
      try {
        return change.send(connection, ApiRequest.change("POST", path, change.key(), null)).body();
      } catch (CommandFailure refused) {
        if (local) {
          wanted.set(name(), true);
        }
        throw refused;
      }
    }
  }

  /** Ends a node as a power cut would. */
  @Command(
      name = "kill",
      description = {
        "Kill a node at once (kill -9), to see the others go on.",
        "It stays dead until `govcloud node add`, or is started again at once with --restart."
      },
      footer = {"govcloud node kill node-2 --yes", "govcloud node kill node-2 --restart --yes"})
  public static final class Kill extends OneNode {
    @Mixin private Confirmation confirmation;

    @Option(names = "--restart", description = "Let the supervisor start it again.")
    private boolean restart;

    @Override
    protected ExitCode run(Connection connection) {
      requireLocal(connection);
      ProcessHandle process = process(connection);
      confirmation.ask(
          connection.terminal(), "Kill " + name() + " (process " + process.pid() + ")?");
      if (!restart) {
        new WantedNodes(connection.json(), connection.home()).set(name(), false);
      }
      process.destroyForcibly();
      connection.terminal().say("Killed " + name() + " (process " + process.pid() + ").");
      connection
          .output()
          .one(
              connection
                  .body()
                  .put("node", name())
                  .put("pid", process.pid())
                  .put("restart", restart),
              List.of(
                  Column.of("node", "node"),
                  Column.of("pid", "pid"),
                  Column.of("restart", "restart")));
      return ExitCode.OK;
    }

    private ProcessHandle process(Connection connection) {
      for (JsonNode node :
          CloudHome.read(connection.json(), connection.home().cloud()).path("nodes")) {
        if (node.path("name").asText().equals(name()) && node.path("running").asBoolean()) {
          Optional<ProcessHandle> process = ProcessHandle.of(node.path("pid").asLong());
          if (process.isPresent()) {
            return process.get();
          }
        }
      }
      throw new CommandFailure(
          ExitCode.NOT_FOUND,
          "NODE_NOT_RUNNING",
          "No process of node " + name() + " runs here; see `govcloud node list`.");
    }
  }

  private static boolean isLocal(Connection connection) {
    return new HomeChecks(connection.home()).isRunning();
  }

  private static void requireLocal(Connection connection) {
    if (!isLocal(connection)) {
      throw new CommandFailure(
          ExitCode.UNAVAILABLE,
          "NOT_RUNNING",
          "No cloud runs in " + connection.home().folder() + "; start one with `govcloud up`.");
    }
  }

  /** Waits for a node of the cluster to be as wanted; it is null once it is gone. */
  private static void await(Connection connection, String name, Predicate<JsonNode> wanted) {
    Instant deadline = connection.clock().instant().plusSeconds(120);
    while (true) {
      JsonNode found = null;
      for (JsonNode node : connection.get("v1", "cluster").path("nodes")) {
        if (node.path("name").asText().equals(name)) {
          found = node;
        }
      }
      if (wanted.test(found)) {
        return;
      }
      if (connection.clock().instant().isAfter(deadline)) {
        throw new CommandFailure(
            ExitCode.TIMEOUT,
            "NODE_NOT_THERE_YET",
            "Node " + name + " is not as wanted after 120 s; see `govcloud status`.");
      }
      Waiting.pause(Duration.ofMillis(300));
    }
  }
}
