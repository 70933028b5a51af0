package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.audit.AuditRecord;
import govcloud.domain.identity.Roles;
import govcloud.domain.operation.CommandSignature;
import govcloud.domain.operation.KeyRotation;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.operation.OneOperation;
import govcloud.node.replication.site.SiteFence;
import govcloud.replication.keys.KeyApprovals;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.ReplicaHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two officers sign for a cloud's next key, and no other key is used. */
class KeyRotationsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T01:15:27Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Actor WANG = new Actor("wang", Actor.OPERATOR);
  private static final Actor LI = new Actor("li", Roles.SECURITY);

  @TempDir private Path folder;
  private final ReplicationThreads threads = new ReplicationThreads("rotations", 1);
  private final List<AuditRecord> trail = new ArrayList<>();
  private OneOperation operation = new OneOperation(NOW);
  private boolean isWithOfficers = true;
  private LostSite site;
  private KeyFolder keys;
  private HomeArchive home;

  /** One operation, and the account that comes last of a cloud's first ones. */
  private final class Log implements Entities {
    @Override
    public <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
      return operation.ask(entityId, request);
    }

    @Override
    public <S> CompletionStage<Answer<S>> read(String entityId) {
      return isWithOfficers && entityId.equals("account/command-line")
          ? CompletableFuture.completedStage(
              new Answer<>(null, 1, "active", NOW, null, false, "0-0"))
          : operation.read(entityId);
    }
  }

  @BeforeEach
  void init() throws Exception {
    site = new LostSite(folder);
    keys = site.keys;
    home = home(keys);
  }

  private HomeArchive home(KeyFolder of) throws Exception {
    Path archive = folder.resolve("archive");
    return new HomeArchive(
        archive,
        ArchivePlace.open("archive", archive, Optional.empty()),
        of,
        new CurrentKey(of.signing()),
        of.recovery(),
        new SiteFence(of));
  }

  @AfterEach
  void stop() {
    threads.close();
  }

  private KeyRotations rotations() {
    return new KeyRotations(new Log(), keys, threads, new SecureRandom(), CLOCK);
  }

  private ApprovedKeys approved() {
    return new ApprovedKeys(
        new Log(),
        home,
        record -> {
          trail.add(record);
          return CompletableFuture.completedStage(null);
        },
        CLOCK);
  }

  private void request(KeyRotation.Kind kind) {
    rotations().request("keys-1", kind, WANG, false).toCompletableFuture().join();
  }

  private void begin() {
    rotations().begin("keys-1", operation.state().subject(), LI).toCompletableFuture().join();
  }

  /** What an authenticator gives is of no concern here. */
  private static OperationCommand.Sign signed(Actor actor) {
    var signature = new CommandSignature("", actor.person(), "", "", "", "", "");
    return new OperationCommand.Sign(signature, NOW.plusSeconds(60));
  }

  private void sign(Actor actor) {
    rotations().check(operation.state().subject(), actor).toCompletableFuture().join();
    operation
        .ask("operation/keys-1", Request.of(signed(actor), actor))
        .toCompletableFuture()
        .join();
    if (operation.state().status() == Status.RUNNING) {
      begin();
    }
  }

  @Test
  void signingKey_signedByTwoDuties_isMadeOnceAndCounts() throws Exception {
    request(KeyRotation.Kind.SIGNING);
    sign(WANG);
    assertThat(keys.newestSigning()).isEqualTo(1);
    sign(LI);
    assertThat(keys.newestSigning()).isEqualTo(2);
    assertThat(operation.state().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(operation.state().subject()).isEqualTo("keys/signing/2");
    assertThat(operation.state().result())
        .isEqualTo(ReplicaHash.hex(keys.signingKeys().get(1).publicKey()));
    begin();
    assertThat(approved().newest(2)).isEqualTo(2);
    assertThat(trail).isEmpty();
  }

  @Test
  void epoch_signedByTwoDuties_isMade() throws Exception {
    request(KeyRotation.Kind.EPOCH);
    sign(LI);
    sign(WANG);
    assertThat(keys.epochs()).hasSize(2);
    assertThat(operation.state().result()).isEqualTo(ReplicaHash.hex(keys.epochs().get(1)));
  }

  @Test
  void nodeThatDiesBeforeItTells_isFollowedByOneThatMakesNoSecondKey() throws Exception {
    request(KeyRotation.Kind.SIGNING);
    sign(WANG);
    new KeyApprovals(keys).note("signing-2", "keys-1");
    operation.ask("operation/keys-1", Request.of(signed(LI), LI)).toCompletableFuture().join();
    keys.rotateSigning(new SecureRandom());
    assertThat(approved().counts(2)).isFalse();
    assertThat(trail).as("not refused: it is being made").isEmpty();
    begin();
    assertThat(keys.newestSigning()).isEqualTo(2);
    assertThat(operation.state().status()).isEqualTo(Status.SUCCEEDED);
    assertThat(approved().counts(2)).isTrue();
  }

  @Test
  void peopleOfOneDuty_orAnotherRequestForTheSameKey_areRefused() throws Exception {
    request(KeyRotation.Kind.SIGNING);
    sign(WANG);
    sign(new Actor("zhao", Actor.OPERATOR));
    assertThat(operation.state().signatures()).hasSize(1);
    keys.rotateSigning(new SecureRandom());
    assertThatThrownBy(() -> sign(LI))
        .hasMessageContaining("KEY_ROTATION_PAST: keys/signing/2 (expected: number 3, the next");
    assertThatThrownBy(this::begin).hasMessageContaining("KEY_ROTATION_PAST");
    assertThat(operation.state().status()).isEqualTo(Status.FAILED);
  }

  @Test
  void keyThatNobodySignedFor_isRefusedAndWrittenDownOnce() throws Exception {
    keys.rotateSigning(new SecureRandom());
    var approved = approved();
    assertThat(approved.newest(2)).isEqualTo(1);
    assertThat(approved.counts(2)).isFalse();
    assertThat(trail)
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.object()).isEqualTo("keys/signing/2");
              assertThat(record.outcome()).isEqualTo(AuditRecord.Outcome.DENIED);
              assertThat(record.code()).isEqualTo("KEY_NOT_APPROVED");
            });
  }

  @Test
  void keyPutInPlaceOfTheOneSignedFor_isRefused() throws Exception {
    request(KeyRotation.Kind.SIGNING);
    sign(WANG);
    sign(LI);
    Files.delete(keys.folder().resolve("signing-2.key"));
    Files.delete(keys.folder().resolve("signing-2.gkey"));
    keys.rotateSigning(new SecureRandom());
    assertThat(approved().counts(2)).isFalse();
  }

  @Test
  void cloudWithoutOfficers_andOneOfANewSite_needNoSignatures() throws Exception {
    isWithOfficers = false;
    keys.rotateSigning(new SecureRandom());
    assertThat(approved().newest(2)).isEqualTo(2);
    isWithOfficers = true;
    site.giveUp();
    var rebuilt = new KeyFolder(folder.resolve("new-keys"));
    home = home(rebuilt);
    assertThat(approved().counts(3)).isTrue();
    // the new site's archive has none of the statements that the lost one had sent
    assertThat(approved().counts(2)).isTrue();
    assertThat(trail).isEmpty();
    rebuilt.rotateSigning(new SecureRandom());
    assertThat(approved().counts(4)).isFalse();
  }
}
