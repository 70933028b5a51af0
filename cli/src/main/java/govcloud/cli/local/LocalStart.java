package govcloud.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.cli.command.Installation;
import govcloud.cli.output.ProgressBar;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Starts one cloud in its home: prepares the folder, plans its nodes, runs its supervisor. */
final class LocalStart {
  private static final int USUAL_PORT = 7070;

  private final ObjectMapper json;
  private final CloudHome home;
  private final Ports ports;
  private final SecureRandom random;

  LocalStart(ObjectMapper json, CloudHome home, Ports ports, SecureRandom random) {
    this.json = json;
    this.home = home;
    this.ports = ports;
    this.random = random;
  }

  /** Refuses a cloud that runs already; makes the folder and ends what an earlier one has left. */
  void prepare() {
    HomeChecks checks = new HomeChecks(home);
    if (checks.isRunning()) {
      throw checks.alreadyRunning();
    }
    checks.prepare(random);
    new Orphans(home).end();
  }

  /**
   * Plans the nodes; those that were in this home before keep their ports.
   *
   * @param nodes how many; none: as many as before
   * @param usual how many in a new home
   * @param port of the first node's API; 0: free ones; none: those from before or the usual ones
   * @param tls whether nodes have certificates
   */
  List<NodePlan> plan(OptionalInt nodes, int usual, OptionalInt port, boolean tls) {
    List<WantedNodes.Wanted> before = new WantedNodes(json, home).read();
    int count = nodes.orElse(before.isEmpty() ? usual : before.size());
    List<WantedNodes.Wanted> plan = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      NodePlan node =
          new NodePlan(
              "node-" + (i + 1),
              http(before, i, port),
              ports.free(),
              ports.free(),
              ports.free(),
              tls);
      plan.add(new WantedNodes.Wanted(node, true));
    }
    new WantedNodes(json, home).write(plan);
    return plan.stream().map(WantedNodes.Wanted::plan).toList();
  }

  private int http(List<WantedNodes.Wanted> before, int index, OptionalInt port) {
    if (port.isPresent()) {
      return port.getAsInt() == 0 ? ports.free() : ports.require(port.getAsInt() + index);
    }
    return ports.require(
        index < before.size() ? before.get(index).plan().httpPort() : USUAL_PORT + index);
  }

  /** Starts the supervisor and waits until the cloud is ready. */
  void run(String kind, ProgressBar bar) {
    LocalReplication.read(json, home)
        .ifPresent(cloud -> LocalLedger.prepare(json, home, cloud, random));
    new SupervisorLaunch(json, home, Installation.root()).run(kind, 0, bar);
  }
}
