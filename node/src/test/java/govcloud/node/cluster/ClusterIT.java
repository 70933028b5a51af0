package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.domain.Actor;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.node.RunningNode;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Request;
import govcloud.node.replication.CloudAlarms;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.coordination.lease.javadsl.LeaseProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ClusterIT {

  private static final int ENTITIES = 40;
  private static final long PACE_NANOS = 20_000_000;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Instant DEADLINE = Instant.parse("2100-01-01T00:00:00Z");
  private static final Actor OPERATOR = new Actor("wang", Actor.OPERATOR);

  @TempDir private Path folder;

  @Test
  void threeNodes_oneCrashes_everyEntityAnswersFromTheOthersWithItsState() {
    try (var nodes = new TestNodes(folder)) {
      var all = List.of(nodes.start(), nodes.start(), nodes.start());
      awaitNodesAndSlices(all.get(0), 3);
      for (var i = 0; i < ENTITIES; i++) {
        var answer = join(open(all.get(i % 3), i));
        assertThat(answer.accepted()).isTrue();
      }
      nodes.crash(all.get(1));
      for (var i = 0; i < ENTITIES; i++) {
        var from = all.get(i % 2 * 2);
        var read = eventually(from, i);
        assertThat(read.version()).isEqualTo(1);
        assertThat(read.state().subject()).isEqualTo("app/harbour/permits-" + i);
        assertThat(join(open(from, i)).replayed()).isTrue();
      }
      awaitNodesAndSlices(all.get(0), 2);
    }
  }

  @Test
  void threeNodesUnderLoad_oldestIsDrained_noRequestFails() {
    try (var nodes = new TestNodes(folder)) {
      var oldest = nodes.start();
      var others = List.of(nodes.start(), nodes.start());
      awaitNodesAndSlices(oldest, 3);
      var cluster = others.get(0).context().cluster();
      await().atMost(SOON).until(() -> join(cluster.drain("node-1")));
      var answers = new ArrayList<CompletionStage<Answer<OperationState>>>();
      while (!oldest.ended().toCompletableFuture().isDone()) {
        answers.add(open(others.get(answers.size() % 2), answers.size()));
        LockSupport.parkNanos(PACE_NANOS);
      }
      answers.forEach(answer -> assertThat(join(answer).accepted()).isTrue());
      assertThat(answers).hasSizeGreaterThan(20);
      awaitNodesAndSlices(others.get(0), 2);
    }
  }

  @Test
  void threeNodesRaiseAlarms_everyoneTellsTheSame_alsoWhenOneCrashes() {
    try (var nodes = new TestNodes(folder)) {
      var all = List.of(nodes.start(), nodes.start(), nodes.start());
      awaitNodesAndSlices(all.get(0), 3);
      for (var i = 0; i < 3; i++) {
        raise(all.get(i), i);
      }
      var expected = List.of("SIBLING_AWAY mountain: at 0", "LEDGER_COPY_STOPPED desk: 1 (node-2)");
      for (var node : all) {
        assertThat(join(node.context().cluster().alarms()).silent()).isEmpty();
        assertThat(alarms(node)).isEqualTo(expected);
      }
      nodes.crash(all.get(1));
      for (var node : List.of(all.get(0), all.get(2))) {
        assertThat(join(node.context().cluster().alarms()).silent()).containsExactly("node-2");
        assertThat(alarms(node)).isEqualTo(expected);
      }
      awaitNodesAndSlices(all.get(0), 2);
      for (var node : List.of(all.get(0), all.get(2))) {
        assertThat(join(node.context().cluster().alarms()).silent()).isEmpty();
        assertThat(alarms(node)).containsExactly("SIBLING_AWAY mountain: at 0");
      }
    }
  }

  @Test
  void threeNodes_oneCrashes_thenTheOneThatHasTheLease_theLastGoesOn() {
    try (var nodes = new TestNodes(folder)) {
      var all = new ArrayList<>(List.of(nodes.start(), nodes.start(), nodes.start()));
      awaitNodesAndSlices(all.get(0), 3);
      // the one with the lowest address decides
      all.sort(Comparator.comparing(node -> member(node).address(), Member.addressOrdering()));
      nodes.crash(all.get(2));
      awaitNodesAndSlices(all.get(0), 2);
      nodes.crash(all.get(0));
      var last = all.get(1);
      awaitNodesAndSlices(last, 1);
      assertThat(join(open(last, 0)).accepted()).isTrue();
      assertThat(last.ended().toCompletableFuture()).isNotDone();
      leaseIsOneNodesOnly(LeaseProvider.get(last.context().system()));
    }
  }

  private static void leaseIsOneNodesOnly(LeaseProvider leases) {
    var one = leases.getLease("a-lease", "pekko.coordination.cluster-lease", "one:1");
    var two = leases.getLease("a-lease", "pekko.coordination.cluster-lease", "two:2");
    assertThat(join(one.acquire())).isTrue();
    assertThat(join(one.acquire())).isTrue();
    assertThat(join(two.acquire())).isFalse();
    assertThat(one.checkLease()).isTrue();
    assertThat(two.checkLease()).isFalse();
    assertThat(join(two.release())).isTrue();
    assertThat(join(two.acquire())).isFalse();
    assertThat(join(one.release())).isTrue();
    assertThat(one.checkLease()).isFalse();
    assertThat(join(two.acquire())).isTrue();
    assertThat(join(one.acquire())).isFalse();
  }

  private static Member member(RunningNode node) {
    return Cluster.get(node.context().system()).selfMember();
  }

  /** All see that the sibling is away, each a second later; one sees what is its own matter. */
  private static void raise(RunningNode node, int number) {
    var away =
        new ClusterView.NodeAlarm(
            "SIBLING_AWAY", "mountain", "at " + number, DEADLINE.plusSeconds(number));
    var stopped = new ClusterView.NodeAlarm("LEDGER_COPY_STOPPED", "desk", "1", DEADLINE);
    node.context().cluster().raising(() -> number == 1 ? List.of(away, stopped) : List.of(away));
  }

  private static List<String> alarms(RunningNode node) {
    return CloudAlarms.of(join(node.context().cluster().alarms())).stream()
        .map(alarm -> alarm.kind() + " " + alarm.subject() + ": " + alarm.detail())
        .toList();
  }

  private static void awaitNodesAndSlices(RunningNode seenFrom, int nodes) {
    var cluster = seenFrom.context().cluster();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              var state = cluster.state().toCompletableFuture().join();
              assertThat(state.nodes())
                  .hasSize(nodes)
                  .allSatisfy(
                      node -> {
                        assertThat(node.status()).isEqualTo("up");
                        assertThat(node.slices()).isNotEmpty();
                      });
              assertThat(state.unallocated()).isEmpty();
              assertThat(state.nodes().stream().mapToInt(node -> node.slices().size()).sum())
                  .isEqualTo(state.slices());
            });
  }

  private static CompletionStage<Answer<OperationState>> open(RunningNode node, int number) {
    var command =
        new OperationCommand.Open(
            "app.provision", "app/harbour/permits-" + number, "harbour", List.of(), DEADLINE);
    return node.context()
        .entities()
        .ask(
            "operation/o-" + number,
            Request.of(command, OPERATOR).withKey("key-" + number, "hash-" + number));
  }

  /** The state of an entity that may be without host for as long as a fail-over takes. */
  private static Answer<OperationState> eventually(RunningNode node, int number) {
    return await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () -> {
              CompletionStage<Answer<OperationState>> read =
                  node.context().entities().read("operation/o-" + number);
              return join(read);
            },
            Answer::exists);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, java.util.concurrent.TimeUnit.SECONDS).join();
  }
}
