package govcloud.node.replication;

import static govcloud.node.replication.KeyHouse.LI;
import static govcloud.node.replication.KeyHouse.WANG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.operation.KeyRotation;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.replication.keys.KeyApprovals;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.keys.NextKeys;
import govcloud.replication.statement.ReplicaHash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two officers sign for a cloud's next key, and one node makes it once. */
class KeyRotationsTest {
  @TempDir private Path folder;
  private KeyHouse house;
  private KeyFolder keys;

  @BeforeEach
  void open() throws Exception {
    house = new KeyHouse(folder);
    keys = house.keys;
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void signingKey_signedByTwoDuties_isMadeOnceAndCounts() throws Exception {
    house.request(KeyRotation.Kind.SIGNING);
    house.sign(WANG);
    assertThat(keys.newestSigning()).isEqualTo(1);
    house.sign(LI);
    assertThat(keys.newestSigning()).isEqualTo(2);
    var state = house.state("keys-1");
    assertThat(state.status()).isEqualTo(Status.SUCCEEDED);
    assertThat(state.subject()).isEqualTo("keys/signing/2");
    assertThat(state.result()).isEqualTo(ReplicaHash.hex(keys.signingKeys().get(1).publicKey()));
    house.begin("keys-1");
    assertThat(keys.newestSigning()).isEqualTo(2);
    assertThat(house.rules(house.home()).signingNumber(2)).isEqualTo(2);
    assertThat(house.trail).isEmpty();
  }

  @Test
  void epoch_signedByTwoDuties_isMadeAndSeals() throws Exception {
    house.request(KeyRotation.Kind.EPOCH);
    house.sign(LI);
    house.sign(WANG);
    assertThat(keys.epochs()).hasSize(2);
    assertThat(house.state("keys-1").result()).isEqualTo(ReplicaHash.hex(keys.epochs().get(1)));
    var home = house.home();
    house.rules(home).look();
    try (var sealing = home.sealing().open()) {
      assertThat(sealing.grant().getEpoch()).isEqualTo(2);
    }
  }

  /** Each has made a key before the log has taken one. */
  private final class AtOnce implements Entities {
    private final Entities log = house.log();
    private final CyclicBarrier both = new CyclicBarrier(2);

    @Override
    public <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
      if (request.command() instanceof OperationCommand.Succeed) {
        try {
          both.await();
        } catch (Exception e) {
          throw new AssertionError(e);
        }
      }
      return log.ask(entityId, request);
    }

    @Override
    public <S> CompletionStage<Answer<S>> read(String entityId) {
      return log.read(entityId);
    }
  }

  private List<Throwable> beginOnBoth(KeyFolder one, KeyFolder other) throws Exception {
    house.agree("keys-1", WANG);
    house.agree("keys-1", LI);
    var log = new AtOnce();
    var begun =
        Stream.of(one, other)
            .map(of -> CompletableFuture.supplyAsync(() -> failure(of, log)))
            .toList();
    return begun.stream().flatMap(node -> node.join().stream()).toList();
  }

  private Optional<Throwable> failure(KeyFolder of, Entities log) {
    try {
      house
          .rotations(of, log)
          .begin("keys-1", house.state("keys-1").subject(), LI)
          .toCompletableFuture()
          .join();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(e);
    }
  }

  @Test
  void twoNodes_thatBeginAtTheSameMoment_makeOneKey() throws Exception {
    house.request(KeyRotation.Kind.SIGNING);
    assertThat(beginOnBoth(keys, new KeyFolder(keys.folder()))).isEmpty();
    assertThat(keys.newestSigning()).isEqualTo(2);
    assertThat(house.state("keys-1").result())
        .isEqualTo(ReplicaHash.hex(keys.signing().publicKey()));
    try (Stream<Path> left = Files.list(keys.folder().resolve("next"))) {
      assertThat(left).isEmpty();
    }
    assertThat(house.rules(house.home()).signingNumber(2)).isEqualTo(2);
  }

  /** A mistake in settings; what two nodes know of the cloud's keys never differs by it. */
  @Test
  void twoNodes_withoutACommonFolder_makeOneKey_andTheOtherSaysThatItHasNone() throws Exception {
    var other = new KeyFolder(folder.resolve("other"));
    try (Stream<Path> files = Files.list(keys.folder())) {
      Files.createDirectory(other.folder());
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(
            file, other.folder().resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    house.request(KeyRotation.Kind.SIGNING);
    assertThat(beginOnBoth(keys, other))
        .singleElement()
        .satisfies(
            failure -> assertThat(failure).hasMessageContaining("one keys folder for all nodes"));
    assertThat(List.of(keys.newestSigning(), other.newestSigning()))
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void nodeThatDiesBeforeItTells_isFollowedByOneThatMakesTheKey() throws Exception {
    house.request(KeyRotation.Kind.SIGNING);
    house.agree("keys-1", WANG);
    house.agree("keys-1", LI);
    new KeyApprovals(keys).note("signing-2", "keys-1");
    var left = new NextKeys(keys).make(NextKeys.Kind.SIGNING, 2, new SecureRandom());
    house.begin("keys-1");
    assertThat(keys.signing().publicKey()).isNotEqualTo(left);
    assertThat(house.state("keys-1").status()).isEqualTo(Status.SUCCEEDED);
    assertThat(house.rules(house.home()).signingNumber(2)).isEqualTo(2);
  }

  @Test
  void nodeThatDiesAfterItHasTold_isFollowedByOneThatCompletesTheKey() throws Exception {
    house.request(KeyRotation.Kind.SIGNING);
    house.agree("keys-1", WANG);
    house.agree("keys-1", LI);
    new KeyApprovals(keys).note("signing-2", "keys-1");
    var made = new NextKeys(keys).make(NextKeys.Kind.SIGNING, 2, new SecureRandom());
    house
        .log()
        .ask(
            "operation/keys-1",
            Request.of(new OperationCommand.Succeed(ReplicaHash.hex(made)), Actor.platform()))
        .toCompletableFuture()
        .join();
    assertThat(keys.newestSigning()).isEqualTo(1);
    assertThatThrownBy(() -> house.request("keys-2", KeyRotation.Kind.SIGNING))
        .hasMessageContaining("KEY_ROTATION_UNFINISHED: keys/signing/2: it is being made by")
        .hasMessageContaining("keys-1");
    house.rules(house.home()).look();
    assertThat(keys.signing().publicKey()).isEqualTo(made);
    assertThat(house.rules(house.home()).signingNumber(2)).isEqualTo(2);
  }

  /** The note beside the keys is a public file, which whoever puts a key there can write too. */
  @Test
  void keyPutThereBeforeTheSecondSignature_withTheNoteOfTheOperation_isNotItsResult()
      throws Exception {
    house.request(KeyRotation.Kind.SIGNING);
    keys.rotateSigning(new SecureRandom());
    new KeyApprovals(keys).note("signing-2", "keys-1");
    house.agree("keys-1", WANG);
    house.agree("keys-1", LI);
    assertThatThrownBy(() -> house.begin("keys-1")).hasMessageContaining("KEY_ROTATION_PAST");
    assertThat(house.state("keys-1").status()).isEqualTo(Status.FAILED);
    assertThat(house.state("keys-1").result()).isEmpty();
    assertThat(house.rules(house.home()).signingNumber(2)).isEqualTo(1);
  }

  @Test
  void keyPutInPlaceOfTheDecidedOne_isNotTakenForIt_whichStays() throws Exception {
    house.request(KeyRotation.Kind.SIGNING);
    house.agree("keys-1", WANG);
    house.agree("keys-1", LI);
    new KeyApprovals(keys).note("signing-2", "keys-1");
    var made = new NextKeys(keys).make(NextKeys.Kind.SIGNING, 2, new SecureRandom());
    var result = ReplicaHash.hex(made);
    house
        .log()
        .ask("operation/keys-1", Request.of(new OperationCommand.Succeed(result), Actor.platform()))
        .toCompletableFuture()
        .join();
    var kept = keys.folder().resolve("next/signing-2-" + result + ".key");
    var aside = Files.move(kept, folder.resolve("aside"));
    keys.rotateSigning(new SecureRandom());
    Files.move(aside, kept);
    assertThatThrownBy(() -> house.begin("keys-1")).hasMessageContaining("another key");
    assertThat(kept).exists();
    assertThat(house.state("keys-1").result()).isEqualTo(result);
    assertThat(house.rules(house.home()).signingNumber(2)).isEqualTo(1);
  }

  @Test
  void operationThatFailed_leavesTheNumberToTheNextOne() throws Exception {
    new KeyApprovals(keys).note("epoch-2", "keys-0");
    house.rotate("keys-1", KeyRotation.Kind.EPOCH);
    assertThat(keys.newestEpoch()).isEqualTo(2);
    assertThat(new KeyApprovals(keys).operation("epoch-2")).contains("keys-1");
  }

  @Test
  void keyThatTheSiblingDoesNotKnowYet_isNotFollowedByAnother() throws Exception {
    var succession = new KeySuccession(keys, "mountain");
    Files.createDirectories(keys.folder().resolve("siblings"));
    succession.announced(1);
    house.rotate("keys-1", KeyRotation.Kind.SIGNING);
    assertThatThrownBy(() -> house.request("keys-2", KeyRotation.Kind.SIGNING))
        .hasMessageContaining("KEY_ROTATION_UNFINISHED: keys/signing/3: the sibling does not know")
        .hasMessageContaining("signing key 2 yet");
    house.request("keys-3", KeyRotation.Kind.EPOCH);
    succession.announced(2);
    house.request("keys-2", KeyRotation.Kind.SIGNING);
    assertThat(house.state("keys-2").subject()).isEqualTo("keys/signing/3");
  }

  @Test
  void keyThatNobodySignedFor_isNotFollowedByAnother() throws Exception {
    keys.rotateSigning(new SecureRandom());
    assertThatThrownBy(() -> house.request(KeyRotation.Kind.SIGNING))
        .hasMessageContaining("KEY_ROTATION_UNFINISHED: keys/signing/3: signing key 2 is refused");
  }

  @Test
  void peopleOfOneDuty_orAnotherRequestForTheSameKey_areRefused() throws Exception {
    house.request(KeyRotation.Kind.SIGNING);
    house.sign(WANG);
    house.sign(new Actor("zhao", Actor.OPERATOR));
    assertThat(house.state("keys-1").signatures()).hasSize(1);
    keys.rotateSigning(new SecureRandom());
    assertThatThrownBy(() -> house.sign(LI))
        .hasMessageContaining("KEY_ROTATION_PAST: keys/signing/2 (expected: number 3, the next");
    assertThatThrownBy(() -> house.begin("keys-1")).hasMessageContaining("KEY_ROTATION_PAST");
    assertThat(house.state("keys-1").status()).isEqualTo(Status.FAILED);
  }
}
