package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.operation.CommandSignature;
import govcloud.domain.operation.CommandText;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.node.eventsourcing.Request;
import govcloud.node.operation.OneOperation;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.statement.ApprovalVouching;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Officers of the sibling sign the failover of a lost cloud, and the sibling vouches for them. */
class FailoversTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:15:27Z");
  private static final Actor WANG = new Actor("wang", Actor.OPERATOR);
  private static final Actor LI = new Actor("li", "system-administrator");
  private static final String LATEST = "cloud/harbour/site/2/keyspace/govcloud_g2/point/latest";

  @TempDir private Path folder;
  private final OneOperation entities = new OneOperation(NOW);
  private final ReplicationThreads threads = new ReplicationThreads("failovers", 1);
  private KeyFolder mountain;
  private LostSite harbour;
  private Failovers failovers;

  @BeforeEach
  void pair() throws Exception {
    harbour = new LostSite(folder);
    mountain = new KeyFolder(folder.resolve("mountain"));
    KeyCeremony.init(mountain, "mountain", folder.resolve("m-shares"), 2, 3, new SecureRandom());
    mountain.trust(harbour.keys.card());
    var signing = mountain.signing();
    failovers =
        new Failovers(
            entities,
            "mountain",
            new KeySuccession(mountain, "harbour"),
            FileSystemArchiveStore.open(folder.resolve("received")),
            () -> signing,
            threads,
            Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void stop() {
    threads.close();
  }

  private String request(OptionalLong cut) {
    return request(DangerousCommand.FAIL_OVER, cut);
  }

  private String request(DangerousCommand command, OptionalLong cut) {
    return failovers
        .request("failover-1", command, "govcloud_g2", cut, WANG, false)
        .toCompletableFuture()
        .join();
  }

  /** Signs; what an authenticator gives is of no concern here. */
  private void sign(Actor actor) {
    failovers.check(entities.state().subject(), actor).toCompletableFuture().join();
    var signature =
        new CommandSignature("", actor.person(), "", "key of " + actor.person(), "", "", "");
    var sign = new OperationCommand.Sign(signature, NOW.plusSeconds(60));
    entities.ask("operation/failover-1", Request.of(sign, actor)).toCompletableFuture().join();
    if (entities.state().status() == OperationState.Status.RUNNING) {
      failovers.begin("failover-1", entities.state().subject(), actor).toCompletableFuture().join();
    }
  }

  private boolean isVouched(String... people) throws Exception {
    var keys = mountain.signingKeys();
    return ApprovalVouching.isSigned(
        keys, entities.state().result(), text(), List.of(signed(people[0]), signed(people[1])));
  }

  private static ApprovalVouching.Signed signed(String person) {
    return new ApprovalVouching.Signed(person, "key of " + person);
  }

  private String text() {
    return CommandText.of("mountain", "failover-1", entities.state());
  }

  @Test
  void twoPeople_sign_theSiblingVouchesForBothAndForThisCommandAlone() throws Exception {
    assertThat(request(OptionalLong.empty())).isEqualTo("failover-1");
    sign(WANG);
    assertThat(entities.state().result()).isEmpty();
    sign(LI);
    assertThat(entities.state().status()).isEqualTo(OperationState.Status.SUCCEEDED);
    assertThat(CommandText.read(text()))
        .containsEntry("command", "replication.fail-over")
        .containsEntry("subject", LATEST)
        .containsEntry("cloud", "mountain")
        .containsEntry("asked by", "wang");
    assertThat(isVouched("wang", "li")).isTrue();
    assertThat(isVouched("wang", "zhao")).isFalse();
    assertThat(isVouched("li", "wang")).isFalse();
    var people = List.of(signed("wang"), signed("li"));
    var result = entities.state().result();
    var strangers = List.of(TrustedKey.of(harbour.keys.signing()));
    assertThat(ApprovalVouching.isSigned(strangers, result, text(), people)).isFalse();
    var other = text().replace("govcloud_g2", "govcloud_g3");
    assertThat(ApprovalVouching.isSigned(mountain.signingKeys(), result, other, people)).isFalse();
    assertThat(ApprovalVouching.isSigned(mountain.signingKeys(), "?", text(), people)).isFalse();
  }

  @Test
  void plannedMove_isAnotherCommandWithTheSameSubject() throws Exception {
    request(DangerousCommand.SWITCH_OVER, OptionalLong.empty());
    sign(WANG);
    sign(LI);
    assertThat(CommandText.read(text()))
        .containsEntry("command", "replication.switch-over")
        .containsEntry("subject", LATEST);
    assertThat(isVouched("wang", "li")).isTrue();
  }

  @Test
  void throughAProgram_isRefused() {
    assertThatThrownBy(
            () ->
                failovers
                    .request(
                        "failover-1",
                        DangerousCommand.FAIL_OVER,
                        "govcloud_g2",
                        OptionalLong.empty(),
                        WANG.through("importer-1"),
                        false)
                    .toCompletableFuture()
                    .join())
        .hasMessageContaining("PERSON_NEEDED: importer-1");
  }

  @Test
  void cutThatWasNotReceived_isRefused() {
    assertThatThrownBy(() -> request(OptionalLong.of(4)))
        .hasMessageContaining("NOT_FOUND: cut 4: not received (expected: one that harbour sent)");
  }

  @Test
  void afterTheNewSiteIsTrusted_theOldRequestIsNoLongerSigned() throws Exception {
    request(OptionalLong.empty());
    sign(WANG);
    mountain.trust(harbour.giveUp());
    assertThatThrownBy(() -> sign(LI)).hasMessageContaining("FAILOVER_PAST: site epoch: 2");
    assertThat(entities.state().signatures()).hasSize(1);
  }
}
