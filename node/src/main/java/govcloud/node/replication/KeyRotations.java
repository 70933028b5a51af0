package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.domain.Actor;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.KeyRotation;
import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.NextKeys;
import govcloud.replication.statement.ReplicaHash;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The next signing key, or the next epoch, of this cloud: two officers sign that there is to be
 * one, and a node makes it. Its fingerprint is the result of the operation that they signed: of
 * several nodes that make one at the same moment, the log takes one result, and only that key comes
 * among the others.
 */
public final class KeyRotations implements ApprovedWork {
  private final KeyFolder keys;
  private final NextKeys next;
  private final Unfinished unfinished;
  private final KeyLog log;
  private final ReplicationThreads threads;
  private final SecureRandom random;
  private final Entities entities;
  private final ApprovalRequests requests;

  /** Why the newest key cannot be followed by another one yet. */
  @FunctionalInterface
  public interface Unfinished {
    /** A sentence; empty: it can. */
    Optional<String> why(KeyRotation.Kind kind) throws Exception;
  }

  /**
   * Rotations.
   *
   * @param keys of this cloud
   * @param threads for reading and writing keys
   */
  public KeyRotations(
      Entities entities,
      KeyFolder keys,
      Unfinished unfinished,
      ReplicationThreads threads,
      SecureRandom random,
      InstantSource clock) {
    this.entities = entities;
    this.keys = keys;
    this.next = new NextKeys(keys);
    this.unfinished = unfinished;
    this.log = new KeyLog(entities, keys);
    this.threads = threads;
    this.random = random;
    this.requests = new ApprovalRequests(entities, clock);
  }

  /**
   * Asks for the key after the newest one.
   *
   * @param operation its name; the same one again is the same request
   * @return the operation; fails as a problem where that may not be
   */
  CompletionStage<String> request(
      String operation, KeyRotation.Kind kind, Actor actor, boolean dryRun) {
    return threads
        .run(false, () -> new KeyRotation(kind, newest(kind) + 1).subject())
        .thenCompose(
            subject ->
                requests.request(
                    operation, DangerousCommand.ROTATE_KEY, subject, this, actor, dryRun));
  }

  @Override
  public CompletionStage<?> check(String subject, Actor actor) {
    return threads.run(
        false,
        () -> {
          var rotation = requireNext(KeyRotation.of(subject));
          var making = log.making(rotation);
          if (making.isPresent()) {
            throw beingMade(rotation, making.get());
          }
          return rotation;
        });
  }

  @Override
  public CompletionStage<?> begin(String operation, String subject, Actor actor) {
    var rotation = KeyRotation.of(subject);
    return threads
        .run(false, () -> made(operation, rotation))
        .thenCompose(
            made ->
                decided(operation, rotation, made)
                    .thenCompose(decided -> threads.run(false, () -> use(rotation, made, decided))))
        .<Object>thenApply(used -> used)
        .exceptionallyCompose(failure -> ApprovalRequests.failed(entities, operation, failure));
  }

  /**
   * The name of a key that this operation may have made. What lies in the folder already is never
   * offered: only a key that the log has taken before comes there by this operation.
   */
  private ByteString made(String operation, KeyRotation rotation) throws Exception {
    int newest = newest(rotation.kind());
    if (newest >= rotation.number()) {
      OperationState state = log.operation(operation);
      if (state.status() != OperationState.Status.SUCCEEDED) {
        throw past(rotation, newest);
      }
      return name(state.result());
    }
    requireNext(rotation);
    var other = log.claim(rotation, operation);
    if (other.isPresent()) {
      throw beingMade(rotation, other.get());
    }
    return next.make(kind(rotation), rotation.number(), random);
  }

  /** The log takes one result, also where another node has made a key at the same moment. */
  private CompletionStage<String> decided(String operation, KeyRotation rotation, ByteString made) {
    return requests
        .ask(operation, new OperationCommand.Succeed(ReplicaHash.hex(made)), Actor.platform())
        .thenApply(answer -> answer.state().result())
        .exceptionallyCompose(failure -> forgotten(rotation, made, failure));
  }

  /** One that was refused counts nowhere; of what is not known it may have become the result. */
  private CompletionStage<String> forgotten(
      KeyRotation rotation, ByteString made, Throwable failure) {
    return ReplicationThreads.cause(failure) instanceof ProblemException
        ? threads
            .run(false, () -> destroyed(rotation, made))
            .thenCompose(done -> CompletableFuture.failedStage(failure))
        : CompletableFuture.failedStage(failure);
  }

  private boolean destroyed(KeyRotation rotation, ByteString made) throws KeyException {
    next.destroy(kind(rotation), rotation.number(), made);
    return true;
  }

  private KeyRotation use(KeyRotation rotation, ByteString made, String decided)
      throws KeyException {
    if (!ReplicaHash.hex(made).equals(decided)) {
      destroyed(rotation, made);
    }
    use(keys, rotation, decided);
    return rotation;
  }

  /** Puts the key that was decided among the others, if it is not there yet. */
  static void use(KeyFolder keys, KeyRotation rotation, String fingerprint) throws KeyException {
    new NextKeys(keys).use(kind(rotation), rotation.number(), name(fingerprint));
  }

  private static ByteString name(String fingerprint) {
    return ByteString.copyFrom(HexFormat.of().parseHex(fingerprint));
  }

  private static NextKeys.Kind kind(KeyRotation rotation) {
    return switch (rotation.kind()) {
      case SIGNING -> NextKeys.Kind.SIGNING;
      case EPOCH -> NextKeys.Kind.EPOCH;
    };
  }

  private KeyRotation requireNext(KeyRotation rotation) throws Exception {
    int newest = newest(rotation.kind());
    if (rotation.number() != newest + 1) {
      throw past(rotation, newest);
    }
    var why = unfinished.why(rotation.kind());
    if (why.isPresent()) {
      throw unfinished(rotation, why.get() + " (expected: the newest one in use)");
    }
    return rotation;
  }

  private int newest(KeyRotation.Kind kind) throws KeyException {
    return switch (kind) {
      case SIGNING -> keys.newestSigning();
      case EPOCH -> keys.newestEpoch();
    };
  }

  /** As {@code govcloud keys list} shows it. */
  static String fingerprint(KeyFolder keys, KeyRotation rotation) throws KeyException {
    return ReplicaHash.hex(name(keys, rotation));
  }

  private static ByteString name(KeyFolder keys, KeyRotation rotation) throws KeyException {
    if (rotation.kind() == KeyRotation.Kind.SIGNING) {
      return keys.signingKeys().get(rotation.number() - 1).publicKey();
    }
    try (EpochKeys epoch = keys.epoch(rotation.number())) {
      return epoch.grant().getEpochKey();
    }
  }

  private static ProblemException past(KeyRotation rotation, int newest) {
    return Problem.of(
            BorderCode.KEY_ROTATION_PAST,
            rotation.subject() + " (expected: number " + (newest + 1) + ", the next one)")
        .asException();
  }

  private static ProblemException beingMade(KeyRotation rotation, String operation) {
    return unfinished(
        rotation, "it is being made by operation " + operation + " (expected: that one ended)");
  }

  private static ProblemException unfinished(KeyRotation rotation, String why) {
    return Problem.of(BorderCode.KEY_ROTATION_UNFINISHED, rotation.subject() + ": " + why)
        .asException();
  }
}
