package govcloud.faultlab.nemesis;

import govcloud.faultlab.cloud.Cloud;
import govcloud.faultlab.cloud.GovcloudNode;
import govcloud.faultlab.nemesis.Schedule.Planned;
import govcloud.faultlab.sandbox.Signals;
import java.util.Map;

/** Faults of the nodes' processes. */
final class NodeFaults {

  private final Cloud cloud;

  NodeFaults(Cloud cloud) {
    this.cloud = cloud;
  }

  Fault of(Planned planned) {
    GovcloudNode node = cloud.node(planned.target());
    return switch (planned.kind()) {
      case NODE_KILL -> kill(node);
      case NODE_PAUSE -> new Pause(node);
      case NODE_RESTART -> new Restart(node);
      case JOIN_STORM -> new Storm(node);
      default -> throw new IllegalArgumentException(planned.toString());
    };
  }

  Fault kill(GovcloudNode node) {
    return new Kill(node);
  }

  private static final class Kill implements Fault {
    private final GovcloudNode node;
    private long killed;

    Kill(GovcloudNode node) {
      this.node = node;
    }

    @Override
    public void inject() {
      long pid = node.pid();
      node.kill();
      killed = node.isAlive() ? 0 : pid;
    }

    @Override
    public Map<String, Long> heal() {
      node.start();
      return Map.of("process killed", killed);
    }
  }

  private static final class Pause implements Fault {
    private final GovcloudNode node;
    private long pid;

    Pause(GovcloudNode node) {
      this.node = node;
    }

    @Override
    public void inject() {
      pid = node.pid();
      Signals.pause(pid);
    }

    @Override
    public Map<String, Long> heal() {
      boolean stopped = Signals.isPaused(pid);
      Signals.resume(pid);
      return Map.of("process stopped", stopped ? pid : 0L);
    }
  }

  private static final class Restart implements Fault {
    private final GovcloudNode node;
    private long ended;

    Restart(GovcloudNode node) {
      this.node = node;
    }

    @Override
    public void inject() {
      long pid = node.pid();
      node.terminate();
      ended = node.isAlive() ? 0 : pid;
    }

    @Override
    public Map<String, Long> heal() {
      node.start();
      return Map.of("process ended", ended);
    }
  }

  private final class Storm implements Fault {
    private final GovcloudNode node;
    private long killed;

    Storm(GovcloudNode node) {
      this.node = node;
    }

    @Override
    public void inject() {
      cloud.spareNames().forEach(name -> cloud.node(name).start());
      long pid = node.pid();
      node.kill();
      killed = node.isAlive() ? 0 : pid;
    }

    @Override
    public Map<String, Long> heal() {
      node.start();
      long joined = cloud.spareNames().stream().filter(name -> cloud.node(name).isAlive()).count();
      cloud.spareNames().parallelStream().forEach(name -> cloud.node(name).terminate());
      return Map.of("process killed", killed, "processes joined", joined);
    }
  }
}
