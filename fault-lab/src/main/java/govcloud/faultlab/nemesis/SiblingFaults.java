package govcloud.faultlab.nemesis;

import govcloud.faultlab.cloud.Cloud;
import govcloud.faultlab.nemesis.Schedule.Planned;
import govcloud.faultlab.sandbox.Line;
import govcloud.faultlab.sandbox.Network.Direction;
import java.util.List;
import java.util.Map;

/** Faults of the line to the sibling, and of the sibling. */
final class SiblingFaults {
  private static final int LEAST_LOSS = 5;
  private static final int LOSS_SPAN = 20;
  private static final int LEAST_DELAY = 50;
  private static final int DELAY_SPAN = 400;
  private static final long LITTLE = 1 << 20;

  private final Cloud cloud;
  private final Line line;

  SiblingFaults(Cloud cloud) {
    this.cloud = cloud;
    this.line = cloud.line();
  }

  Fault of(Planned planned) {
    int dice = planned.dice();
    return switch (planned.kind()) {
      case SIBLING_KILL -> new NodeFaults(cloud).kill(cloud.node(planned.target()));
      case SIBLING_FULL_DISK -> full(planned.target());
      case LINE_CUT, SIBLING_AWAY ->
          LinkFaults.cut(cloud.network(), Direction.between(home(), far()));
      case LINE_ONE_WAY -> LinkFaults.cut(cloud.network(), oneWay(dice % 2 == 0));
      case LINE_LOSS ->
          LinkFaults.loss(
              cloud.network(), Direction.between(home(), far()), LEAST_LOSS + dice % LOSS_SPAN);
      case LINE_DELAY -> delay(LEAST_DELAY + dice % DELAY_SPAN);
      case LINE_SLOW -> slow();
      default -> throw new IllegalArgumentException(planned.toString());
    };
  }

  private List<String> home() {
    return cloud.nodeNames();
  }

  private List<String> far() {
    return List.of(line.host());
  }

  private List<Direction> oneWay(boolean there) {
    return home().stream()
        .map(node -> there ? new Direction(node, line.host()) : new Direction(line.host(), node))
        .toList();
  }

  private Fault full(String disk) {
    return new Fault() {
      private boolean full;

      @Override
      public void inject() {
        cloud.disks().fill(disk);
        full = cloud.disks().free(disk) < LITTLE;
      }

      @Override
      public Map<String, Long> heal() {
        cloud.disks().empty(disk);
        return Map.of("disk full", full ? 1L : 0L);
      }
    };
  }

  private Fault delay(int millis) {
    return new Fault() {
      private long before;

      @Override
      public void inject() {
        before = line.late();
        line.delay(millis);
      }

      @Override
      public Map<String, Long> heal() {
        long late = line.late() - before;
        line.delay(0);
        return Map.of("runs of bytes late", late, "milliseconds", (long) millis);
      }
    };
  }

  private Fault slow() {
    return new Fault() {
      @Override
      public void inject() {
        line.limit("1mbit");
      }

      @Override
      public Map<String, Long> heal() {
        return Map.of("packets that waited", line.endLimit());
      }
    };
  }
}
