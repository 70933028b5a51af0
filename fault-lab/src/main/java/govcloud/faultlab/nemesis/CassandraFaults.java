package govcloud.faultlab.nemesis;

import govcloud.faultlab.cloud.CassandraNode;
import govcloud.faultlab.cloud.Cloud;
import govcloud.faultlab.nemesis.Schedule.Planned;
import govcloud.faultlab.sandbox.DiskThrottle;
import govcloud.faultlab.sandbox.Signals;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Faults of Cassandra's processes and disks. */
final class CassandraFaults {

  private static final int LEAST_WRITES = 5;
  private static final int WRITES_SPAN = 20;
  private static final long LITTLE = 1 << 20;

  private final Cloud cloud;

  CassandraFaults(Cloud cloud) {
    this.cloud = cloud;
  }

  Fault of(Planned planned) {
    CassandraNode node = cloud.cassandra(planned.target());
    return switch (planned.kind()) {
      case CASSANDRA_KILL -> kill(node);
      case CASSANDRA_PAUSE -> pause(node);
      case CASSANDRA_SLOW_DISK -> slow(node, LEAST_WRITES + planned.dice() % WRITES_SPAN);
      case CASSANDRA_FULL_DISK -> full(node);
      case POWER_CUT -> powerCut();
      default -> throw new IllegalArgumentException(planned.toString());
    };
  }

  private static Fault kill(CassandraNode node) {
    long pid = node.pid();
    return new Fault() {
      @Override
      public void inject() {
        node.kill();
      }

      @Override
      public Map<String, Long> heal() {
        boolean dead = !node.isAlive();
        node.start();
        return Map.of("process killed", dead ? pid : 0L);
      }
    };
  }

  private static Fault pause(CassandraNode node) {
    long pid = node.pid();
    return new Fault() {
      @Override
      public void inject() {
        Signals.pause(pid);
      }

      @Override
      public Map<String, Long> heal() {
        boolean stopped = Signals.isPaused(pid);
        Signals.resume(pid);
        return Map.of("process stopped", stopped ? pid : 0L);
      }
    };
  }

  private Fault slow(CassandraNode node, int writes) {
    String group = "govcloud-fault-lab-" + ProcessHandle.current().pid() + "-" + node.name();
    String device = cloud.disks().device(node.name());
    return new Fault() {
      @Override
      public void inject() {
        DiskThrottle.limit(group, node.pid(), device, writes);
      }

      @Override
      public Map<String, Long> heal() {
        long served = DiskThrottle.writes(group, device);
        DiskThrottle.end(group, device);
        return Map.of("slow writes", served);
      }
    };
  }

  /** The proof is taken at once: a Cassandra that dies of it gives room back. */
  private Fault full(CassandraNode node) {
    return new Fault() {
      private boolean full;

      @Override
      public void inject() {
        cloud.disks().fill(node.name());
        full = cloud.disks().free(node.name()) < LITTLE;
      }

      @Override
      public Map<String, Long> heal() {
        cloud.disks().empty(node.name());
        node.start();
        return Map.of("disk full", full ? 1L : 0L);
      }
    };
  }

  /** All are frozen first, so that the disks are copied at one moment. */
  private Fault powerCut() {
    List<CassandraNode> all = cloud.cassandraNames().stream().map(cloud::cassandra).toList();
    Map<CassandraNode, Path> copies = new LinkedHashMap<>();
    return new Fault() {
      @Override
      public void inject() {
        all.forEach(node -> Signals.pause(node.pid()));
        all.forEach(node -> copies.put(node, cloud.disks().copy(node.name())));
        all.forEach(CassandraNode::kill);
        copies.forEach((node, copy) -> cloud.disks().replace(node.name(), copy));
      }

      @Override
      public Map<String, Long> heal() {
        all.parallelStream().forEach(CassandraNode::start);
        return Map.of("disks cut", (long) copies.size());
      }
    };
  }
}
