package govcloud.node.replication.cut;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.operation.CommandSignature;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationEvent;
import govcloud.domain.operation.OperationState;
import govcloud.node.eventsourcing.Request;
import govcloud.node.operation.OneOperation;
import govcloud.node.replication.ReplicationThreads;
import govcloud.replication.archive.CutDeletion;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cuts are deleted when two people sign it, and not within the time-lock. */
class CutDeletionsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:15:27Z");
  private static final Actor WANG = new Actor("wang", Actor.OPERATOR);
  private static final Actor LI = new Actor("li", "system-administrator");

  /** Cuts 1 to 5; up to 3 the time-lock is over. */
  private static final class FiveCuts implements CutDeletions.Archive {
    private long released = Long.MAX_VALUE;

    @Override
    public long released() {
      return released;
    }

    @Override
    public long newest() {
      return 5;
    }

    @Override
    public boolean has(long number) {
      return number >= 1 && number <= 5;
    }

    @Override
    public Optional<Instant> lockedUntil(long number) {
      return number > 3 ? Optional.of(NOW.plusSeconds(60)) : Optional.empty();
    }
  }

  private final OneOperation entities = new OneOperation(NOW);
  private final ReplicationThreads threads = new ReplicationThreads("deletions", 1);
  private final List<CutDeletion> begun = new ArrayList<>();
  private final FiveCuts cuts = new FiveCuts();
  private final CutDeletions deletions =
      new CutDeletions(
          DangerousCommand.DELETE_CUTS,
          entities,
          cuts,
          threads,
          deletion -> {
            begun.add(deletion);
            return CompletableFuture.completedStage(new CutMessage.Progress(6, "closing", 0, ""));
          },
          Clock.fixed(NOW, ZoneOffset.UTC));

  @AfterEach
  void stop() {
    threads.close();
  }

  private String request(long last, Actor actor) {
    return deletions.request("d-1", last, actor, false).toCompletableFuture().join();
  }

  /** Signs; what an authenticator gives is of no concern here. */
  private void sign(Actor actor) {
    deletions.check(entities.state().subject(), actor).toCompletableFuture().join();
    var signature = new CommandSignature("cuts/3", actor.person(), "", "", "", "", "");
    var sign = new OperationCommand.Sign(signature, NOW.plusSeconds(60));
    entities.ask("operation/d-1", Request.of(sign, actor)).toCompletableFuture().join();
    if (entities.state().status() == OperationState.Status.RUNNING) {
      deletions.begin("d-1", entities.state().subject(), actor).toCompletableFuture().join();
    }
  }

  @Test
  void twoPeople_sign_isBegun_andBothAreInTheRecords() {
    request(3, WANG);
    sign(WANG);
    assertThat(begun).isEmpty();
    sign(LI);
    assertThat(begun).containsExactly(new CutDeletion(3, "d-1"));
    assertThat(entities.state().requester()).isEqualTo("wang");
    deletions.done(begun.get(0)).toCompletableFuture().join();
    assertThat(entities.state().result()).isEqualTo("cuts up to 3 deleted");
    assertThat(entities.events())
        .hasExactlyElementsOfTypes(
            OperationEvent.Opened.class,
            OperationEvent.ApprovalAwaited.class,
            OperationEvent.Signed.class,
            OperationEvent.Signed.class,
            OperationEvent.Started.class,
            OperationEvent.Succeeded.class);
  }

  @Test
  void throughAProgram_isRefused() {
    assertThatThrownBy(() -> request(3, WANG.through("importer-1")))
        .hasMessageContaining("PERSON_NEEDED: importer-1");
  }

  @Test
  void withinTheTimeLock_isRefused_whoeverAsks() {
    for (Actor actor : List.of(WANG, LI)) {
      assertThatThrownBy(() -> request(4, actor))
          .hasMessageContaining("CUT_LOCKED: cut 4: kept until");
    }
    assertThat(entities.events()).isEmpty();
  }

  @Test
  void notReleasedByWhoMadeIt_isRefused() {
    cuts.released = 2;
    assertThatThrownBy(() -> request(3, WANG))
        .hasMessageContaining("CUT_NOT_RELEASED: cut 3: the cloud that made it lets go up to 2");
    assertThat(request(2, WANG)).isEqualTo("d-1");
  }

  @Test
  void newestCut_andNoCut_areRefused() {
    assertThatThrownBy(() -> request(5, WANG)).hasMessageContaining("CUT_NEWEST");
    assertThatThrownBy(() -> request(9, WANG)).hasMessageContaining("NOT_FOUND");
  }

  @Test
  void dryRun_changesNothing() {
    deletions.request("d-1", 3, WANG, true).toCompletableFuture().join();
    assertThat(entities.events()).isEmpty();
  }
}
