package govcloud.faultlab.nemesis;

import govcloud.faultlab.cloud.Cloud;
import govcloud.faultlab.cloud.Ledgers;
import govcloud.faultlab.history.Injected;
import govcloud.faultlab.history.Recorder;
import govcloud.faultlab.nemesis.FaultKind.Target;
import govcloud.faultlab.nemesis.Schedule.Planned;
import govcloud.faultlab.sandbox.DiskThrottle;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Makes the faults of a schedule and takes them back. */
public final class Nemesis {

  private final Cloud cloud;
  private final Recorder recorder;
  private final ToLongFunction<String> clocks;
  private final Supplier<String> sequencer;
  private final Consumer<String> log;

  /**
   * @param clocks how many seconds a host's clock shows beside the true time
   * @param sequencer tells which node hosts the order of the ledger's entries
   * @param log hears what is done
   */
  public Nemesis(
      Cloud cloud,
      Recorder recorder,
      ToLongFunction<String> clocks,
      Supplier<String> sequencer,
      Consumer<String> log) {
    this.cloud = cloud;
    this.recorder = recorder;
    this.clocks = clocks;
    this.sequencer = sequencer;
    this.log = log;
  }

  /** The faults that this machine can make. */
  public static Set<FaultKind> possible(Cloud cloud) {
    Set<FaultKind> kinds = EnumSet.allOf(FaultKind.class);
    if (!cloud.clocks().arePossible()) {
      kinds.remove(FaultKind.NODE_CLOCK);
      kinds.remove(FaultKind.CASSANDRA_CLOCK);
      kinds.remove(FaultKind.SIBLING_CLOCK);
    }
    if (!DiskThrottle.isPossible()) {
      kinds.remove(FaultKind.CASSANDRA_SLOW_DISK);
    }
    if (cloud.ledgers().isEmpty()) {
      kinds.removeIf(FaultKind::needsExchanges);
    }
    return kinds;
  }

  /** Whom each sort of fault can hit. */
  public static Map<Target, List<String>> targets(Cloud cloud) {
    return Map.of(
        Target.NODE, cloud.home().nodes(),
        Target.CASSANDRA, cloud.home().cassandras(),
        Target.SIBLING, cloud.sibling().nodes(),
        Target.SIBLING_DISK, List.of(Cloud.SIBLING_DISK),
        Target.LINE, List.of(cloud.line().host()),
        Target.SEQUENCER, List.of("sequencer"),
        Target.WITNESS, List.of(Ledgers.OFFICE),
        Target.ALL, List.of("all"));
  }

  /** Makes the faults of one round, each in its time, and returns when all are taken back. */
  public void round(List<Planned> round) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Planned planned : round) {
      Thread thread = new Thread(() -> make(planned), "fault-" + planned.id());
      thread.setUncaughtExceptionHandler(
          (one, failure) -> {
            synchronized (failures) {
              failures.add(failure);
            }
          });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("a fault was not made: " + failures.get(0), failures.get(0));
    }
  }

  private void make(Planned planned) {
    try {
      Thread.sleep(planned.afterSeconds() * 1000L);
      String target =
          planned.kind() == FaultKind.SEQUENCER_KILL ? sequencer.get() : planned.target();
      Fault fault = fault(planned, target);
      log.accept("fault " + planned.id() + ": " + planned.kind() + " of " + target);
      long injected = Recorder.now();
      fault.inject();
      Thread.sleep(planned.seconds() * 1000L);
      Map<String, Long> proof = fault.heal();
      recorder.record(
          new Injected(
              planned.id(), planned.kind().name(), target, injected, Recorder.now(), proof));
      log.accept("fault " + planned.id() + ": healed, " + proof);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Fault fault(Planned planned, String target) {
    return switch (planned.kind()) {
      case NODE_KILL, NODE_PAUSE, NODE_RESTART, JOIN_STORM -> new NodeFaults(cloud).of(planned);
      case NODE_CUT,
          NODE_ONE_WAY,
          NODE_FLAPPING,
          NODE_LOSS,
          NODE_WITHOUT_CASSANDRA,
          NODE_WITHOUT_PEERS,
          CASSANDRA_CUT ->
          new LinkFaults(cloud).of(planned);
      case CASSANDRA_KILL, CASSANDRA_PAUSE, CASSANDRA_SLOW_DISK, CASSANDRA_FULL_DISK, POWER_CUT ->
          new CassandraFaults(cloud).of(planned);
      case SIBLING_KILL,
          SIBLING_FULL_DISK,
          LINE_CUT,
          LINE_ONE_WAY,
          LINE_LOSS,
          LINE_DELAY,
          LINE_SLOW,
          SIBLING_AWAY ->
          new SiblingFaults(cloud).of(planned);
      case SEQUENCER_KILL, WITNESS_KILL -> new NodeFaults(cloud).kill(cloud.node(target));
      case NODE_CLOCK, CASSANDRA_CLOCK, SIBLING_CLOCK -> new ClockFault(cloud, planned, clocks);
    };
  }
}
