package govcloud.faultlab.load;

import govcloud.faultlab.history.Operation;
import govcloud.faultlab.history.Recorder;
import govcloud.faultlab.replica.ReplicaWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Clerks at work: each case has one, every third a second one. */
public final class Load {

  private static final long JOIN_MILLIS = 120_000;

  private final List<Worker> workers = new ArrayList<>();
  private final List<Worker> first = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final ReplicaWatch replica;
  private final int pauseMillis;
  private volatile boolean goesOn = true;

  /**
   * @param replica hears of each acknowledged change
   * @param cases how many, spread over the departments
   * @param pauseMillis mean pause of a clerk between two requests
   */
  public Load(
      Api api,
      Recorder recorder,
      ReplicaWatch replica,
      List<String> nodes,
      int cases,
      int pauseMillis,
      long seed) {
    this.replica = replica;
    this.pauseMillis = pauseMillis;
    for (int i = 0; i < cases; i++) {
      String tenant = Departments.TENANTS.get(i % Departments.TENANTS.size());
      Worker.Case place = new Worker.Case(tenant, "k-" + i);
      int clerks = i % 3 == 0 ? 2 : 1;
      for (int clerk = 0; clerk < clerks; clerk++) {
        String name = "w" + i + (clerk == 0 ? "" : "b");
        Worker worker =
            new Worker(this, api, recorder, nodes, place, name, seed * 1_000_003 + 31L * i + clerk);
        workers.add(worker);
        if (clerk == 0) {
          first.add(worker);
        }
      }
    }
  }

  boolean goesOn() {
    return goesOn;
  }

  /** Notes that something was acknowledged, before anybody does anything else. */
  void acknowledged(Operation operation, boolean replicated) {
    if (operation.changes()) {
      replica.acknowledged(operation, replicated);
    }
    answered.merge(operation.entity(), operation.invoked(), Math::max);
  }

  /** Whether every case has acknowledged something that was asked after a moment. */
  public boolean allAnsweredSince(long moment) {
    return answered.values().stream().allMatch(invoked -> invoked >= moment);
  }

  int pauseMillis() {
    return pauseMillis;
  }

  /** Makes the cases and lets everybody work. */
  public void start() {
    for (Worker worker : first) {
      if (!worker.create()) {
        throw new IllegalStateException("a case: not made (expected: before any fault)");
      }
    }
    for (Worker worker : workers) {
      Thread thread = new Thread(worker, "clerk-" + threads.size());
      thread.start();
      threads.add(thread);
    }
  }

  /** Lets everybody finish what is under way. */
  public void stop() throws InterruptedException {
    goesOn = false;
    for (Thread thread : threads) {
      thread.join(JOIN_MILLIS);
      if (thread.isAlive()) {
        throw new IllegalStateException("a clerk: still waits (expected: an answer by now)");
      }
    }
  }

  /** Lets everybody finish what is under way, and waits no longer for who does not. */
  public void giveUp() throws InterruptedException {
    goesOn = false;
    for (Thread thread : threads) {
      thread.join(JOIN_MILLIS);
    }
  }

  /** Reads every case once more, when all is quiet. */
  public void lastReads() {
    for (Worker worker : first) {
      worker.ask(Operation.Kind.READ);
    }
  }
}
