package govcloud.node.replication;

import govcloud.domain.Actor;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.KeyRotation;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import govcloud.replication.keys.KeyApprovals;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.statement.ReplicaHash;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The next signing key, or the next epoch, of this cloud: two officers sign that there is to be
 * one, a node makes it, and its fingerprint is the result of the operation that they signed.
 */
public final class KeyRotations implements ApprovedWork {
  private final Entities entities;
  private final KeyFolder keys;
  private final ReplicationThreads threads;
  private final SecureRandom random;
  private final ApprovalRequests requests;

  /**
   * Rotations.
   *
   * @param keys of this cloud
   * @param threads for reading and writing keys
   */
  public KeyRotations(
      Entities entities,
      KeyFolder keys,
      ReplicationThreads threads,
      SecureRandom random,
      InstantSource clock) {
    this.entities = entities;
    this.keys = keys;
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
    return threads.run(false, () -> requireNext(KeyRotation.of(subject)));
  }

  @Override
  public CompletionStage<?> begin(String operation, String subject, Actor actor) {
    return threads
        .run(false, () -> made(operation, KeyRotation.of(subject)))
        .<Object>thenCompose(
            made -> ApprovalRequests.succeed(entities, operation, made).thenApply(end -> end))
        .exceptionallyCompose(failure -> ApprovalRequests.failed(entities, operation, failure));
  }

  /** The fingerprint of the key that this operation makes, or has made before this node died. */
  private String made(String operation, KeyRotation rotation) throws KeyException {
    var approvals = new KeyApprovals(keys);
    var key = ApprovedKeys.name(rotation);
    if (newest(rotation.kind()) < rotation.number()) {
      requireNext(rotation);
      approvals.note(key, operation);
      rotate(rotation.kind());
    } else if (!approvals.operation(key).equals(Optional.of(operation))) {
      throw past(rotation, newest(rotation.kind()));
    } else if (rotation.kind() == KeyRotation.Kind.EPOCH) {
      keys.completeGrants();
    }
    return fingerprint(keys, rotation);
  }

  private void rotate(KeyRotation.Kind kind) throws KeyException {
    switch (kind) {
      case SIGNING -> keys.rotateSigning(random);
      case EPOCH -> keys.rotateEpoch(random);
    }
  }

  private KeyRotation requireNext(KeyRotation rotation) throws KeyException {
    int newest = newest(rotation.kind());
    if (rotation.number() != newest + 1) {
      throw past(rotation, newest);
    }
    return rotation;
  }

  private int newest(KeyRotation.Kind kind) throws KeyException {
    return switch (kind) {
      case SIGNING -> keys.newestSigning();
      case EPOCH -> keys.epochs().size();
    };
  }

  /** As {@code govcloud keys list} shows it. */
  static String fingerprint(KeyFolder keys, KeyRotation rotation) throws KeyException {
    int index = rotation.number() - 1;
    return ReplicaHash.hex(
        switch (rotation.kind()) {
          case SIGNING -> keys.signingKeys().get(index).publicKey();
          case EPOCH -> keys.epochs().get(index);
        });
  }

  private static ProblemException past(KeyRotation rotation, int newest) {
    return Problem.of(
            BorderCode.KEY_ROTATION_PAST,
            rotation.subject() + " (expected: number " + (newest + 1) + ", the next one)")
        .asException();
  }
}
