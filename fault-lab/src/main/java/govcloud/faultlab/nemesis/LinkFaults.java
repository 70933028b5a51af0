package govcloud.faultlab.nemesis;

import govcloud.faultlab.cloud.Cloud;
import govcloud.faultlab.nemesis.Schedule.Planned;
import govcloud.faultlab.sandbox.Network;
import govcloud.faultlab.sandbox.Network.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Faults of the lines between hosts. */
final class LinkFaults {

  private static final int LEAST_LOSS = 5;
  private static final int LOSS_SPAN = 30;

  private final Cloud cloud;

  LinkFaults(Cloud cloud) {
    this.cloud = cloud;
  }

  Fault of(Planned planned) {
    String target = planned.target();
    return switch (planned.kind()) {
      case NODE_CUT, CASSANDRA_CUT ->
          cut(cloud.network(), Direction.between(List.of(target), others(target)));
      case NODE_WITHOUT_CASSANDRA ->
          cut(cloud.network(), Direction.between(List.of(target), cloud.cassandraNames()));
      case NODE_WITHOUT_PEERS -> {
        List<String> peers = peers(target);
        peers.addAll(cloud.spareNames());
        yield cut(cloud.network(), Direction.between(List.of(target), peers));
      }
      case NODE_ONE_WAY -> {
        List<String> peers = peers(target);
        yield cut(
            cloud.network(),
            List.of(new Direction(target, peers.get(planned.dice() % peers.size()))));
      }
      case NODE_FLAPPING ->
          new Flapping(
              cloud.network(),
              Direction.between(List.of(target), others(target)),
              2_000 + planned.dice() * 3L);
      case NODE_LOSS ->
          loss(
              cloud.network(),
              Direction.between(List.of(target), others(target)),
              LEAST_LOSS + planned.dice() % LOSS_SPAN);
      default -> throw new IllegalArgumentException(planned.toString());
    };
  }

  private List<String> peers(String target) {
    List<String> peers = new ArrayList<>(cloud.nodeNames());
    peers.remove(target);
    return peers;
  }

  private List<String> others(String target) {
    List<String> others = new ArrayList<>(cloud.nodeNames());
    others.addAll(cloud.cassandraNames());
    others.remove(target);
    return others;
  }

  /** Nothing passes. */
  static Fault cut(Network network, List<Direction> ways) {
    return new Fault() {
      @Override
      public void inject() {
        network.cut(ways);
      }

      @Override
      public Map<String, Long> heal() {
        return Map.of("packets dropped", sum(network.mend(ways)));
      }
    };
  }

  /** Some of what passes is lost. */
  static Fault loss(Network network, List<Direction> ways, int percent) {
    return new Fault() {
      @Override
      public void inject() {
        network.lose(ways, percent);
      }

      @Override
      public Map<String, Long> heal() {
        return Map.of("packets lost", network.endLoss(), "percent", (long) percent);
      }
    };
  }

  private static long sum(Map<Direction, Long> dropped) {
    return dropped.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Cuts and mends in turn until it is told to stop. */
  private static final class Flapping implements Fault {
    private final Network network;
    private final List<Direction> ways;
    private final long halfMillis;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread thread = new Thread(this::flap, "flapping");
    private long dropped;
    private long times;

    Flapping(Network network, List<Direction> ways, long halfMillis) {
      this.network = network;
      this.ways = ways;
      this.halfMillis = halfMillis;
    }

    @Override
    public void inject() {
      thread.start();
    }

    private void flap() {
      try {
        do {
          network.cut(ways);
          boolean over = end.await(halfMillis, TimeUnit.MILLISECONDS);
          dropped += sum(network.mend(ways));
          times++;
          if (over) {
            return;
          }
        } while (!end.await(halfMillis, TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public Map<String, Long> heal() {
      end.countDown();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return new TreeMap<>(Map.of("packets dropped", dropped, "cuts", times));
    }
  }
}
