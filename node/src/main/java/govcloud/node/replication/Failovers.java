package govcloud.node.replication;

import govcloud.domain.Actor;
import govcloud.domain.operation.CommandText;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.Failover;
import govcloud.domain.operation.OperationState;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.operation.ApprovalRequests;
import govcloud.node.operation.ApprovedWork;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.keys.KeySuccession;
import govcloud.replication.statement.ApprovalVouching;
import govcloud.replication.statement.Signer;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Failovers of the sibling's lost cloud, and its planned moves: two people of this cloud sign one,
 * because nobody can sign in at a cloud that is lost, and this cloud vouches for whose passkeys
 * that were. Nothing is changed here by it: the recovery tool takes the approval.
 */
public final class Failovers implements ApprovedWork {
  private final Entities entities;
  private final String cloud;
  private final KeySuccession sibling;
  private final ArchiveStore received;
  private final Signer signing;
  private final ReplicationThreads threads;
  private final ApprovalRequests requests;

  /**
   * Failovers.
   *
   * @param cloud the name of this one, which stands in what is signed
   * @param sibling whose card tells which site of it counts
   * @param received what it sent
   * @param signing this cloud's key, which vouches
   * @param threads for reading cards and archive
   */
  public Failovers(
      Entities entities,
      String cloud,
      KeySuccession sibling,
      ArchiveStore received,
      Signer signing,
      ReplicationThreads threads,
      InstantSource clock) {
    this.entities = entities;
    this.cloud = cloud;
    this.sibling = sibling;
    this.received = received;
    this.signing = signing;
    this.threads = threads;
    this.requests = new ApprovalRequests(entities, clock);
  }

  /**
   * Asks for one; the site that follows the one that is trusted now.
   *
   * @param operation its name; the same one again is the same request
   * @param command whether its site is lost or moved
   * @param cut to which the cloud is rebuilt; empty: everything that was received
   * @return the operation; fails as a problem where that may not be
   */
  CompletionStage<String> request(
      String operation,
      DangerousCommand command,
      String keyspace,
      OptionalLong cut,
      Actor actor,
      boolean dryRun) {
    return threads
        .run(
            false,
            () -> {
              var card = sibling.siblingCard();
              return new Failover(card.cloud(), card.siteEpoch() + 1, keyspace, cut).subject();
            })
        .thenCompose(subject -> requests.request(operation, command, subject, this, actor, dryRun));
  }

  @Override
  public CompletionStage<Failover> check(String subject, Actor actor) {
    return threads.run(false, () -> requirePossible(Failover.of(subject)));
  }

  private Failover requirePossible(Failover failover) throws Exception {
    var card = sibling.siblingCard();
    if (failover.siteEpoch() != card.siteEpoch() + 1) {
      throw Problem.of(
              BorderCode.FAILOVER_PAST,
              "site epoch: "
                  + failover.siteEpoch()
                  + " (expected: "
                  + (card.siteEpoch() + 1)
                  + ", the one after that of the trusted card of "
                  + card.cloud()
                  + ")")
          .asException();
    }
    if (failover.cut().isPresent()
        && received.read(ArchiveName.cut(failover.cut().getAsLong())).isEmpty()) {
      throw Problem.of(
              BorderCode.NOT_FOUND,
              "cut "
                  + failover.cut().getAsLong()
                  + ": not received (expected: one that "
                  + card.cloud()
                  + " sent)")
          .asException();
    }
    return failover;
  }

  @Override
  public CompletionStage<?> begin(String operation, String subject, Actor actor) {
    return entities
        .<OperationState>read(ApprovalRequests.id(operation))
        .thenApply(answer -> vouched(operation, answer.state()))
        .thenCompose(vouched -> ApprovalRequests.succeed(entities, operation, vouched));
  }

  private String vouched(String operation, OperationState state) {
    return ApprovalVouching.sign(
        signing.current(),
        CommandText.of(cloud, operation, state),
        state.signatures().stream()
            .map(one -> one.signature())
            .map(one -> new ApprovalVouching.Signed(one.person(), one.publicKey()))
            .toList());
  }
}
