package govcloud.node.replication;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.audit.AuditRecord.Outcome;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountState;
import govcloud.domain.operation.DangerousCommand;
import govcloud.domain.operation.KeyRotation;
import govcloud.domain.operation.OperationState;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.NodeContext;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.operation.ApprovalRequests;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.keys.KeyApprovals;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKey;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Which signing keys of this cloud may be used: in a cloud that has officers, one that follows
 * another counts only when the log says that two of them have signed for it, whoever put it into
 * the folder. Blocks.
 */
final class ApprovedKeys {
  private static final long PATIENCE_SECONDS = 20;

  private final Entities entities;
  private final HomeArchive home;
  private final Function<AuditRecord, CompletionStage<Void>> trail;
  private final InstantSource clock;
  private final Set<Integer> counting = ConcurrentHashMap.newKeySet();
  private final Set<Integer> told = ConcurrentHashMap.newKeySet();

  /**
   * Nothing is looked at yet.
   *
   * @param trail writes down that a key is refused
   */
  ApprovedKeys(
      Entities entities,
      HomeArchive home,
      Function<AuditRecord, CompletionStage<Void>> trail,
      InstantSource clock) {
    this.entities = entities;
    this.home = home;
    this.trail = trail;
    this.clock = clock;
  }

  /** The same on a node. */
  ApprovedKeys(
      NodeContext context, HomeArchive home, Function<AuditRecord, CompletionStage<Void>> trail) {
    this(context.entities(), home, trail, context.clock());
  }

  /** What its approval is noted under. */
  static String name(KeyRotation rotation) {
    return rotation.kind().word() + "-" + rotation.number();
  }

  private static KeyRotation rotation(int number) {
    return new KeyRotation(KeyRotation.Kind.SIGNING, number);
  }

  /** The newest key that counts, of those up to a number. */
  int newest(int number) throws Exception {
    int newest = number;
    while (!counts(newest)) {
      newest--;
    }
    return newest;
  }

  /** Whether a key counts; that one does not is written down once. */
  boolean counts(int number) throws Exception {
    if (counting.contains(number)) {
      return true;
    }
    if (number == 1 || isOfNewSite(number) || isSent(number) || !hasOfficers()) {
      counting.add(number);
      return true;
    }
    Optional<OperationState> approval = approval(number);
    if (approval.isPresent() && isFor(number, approval.get())) {
      counting.add(number);
      return true;
    }
    boolean isBeingMade = approval.map(state -> state.status() == Status.RUNNING).orElse(false);
    if (!isBeingMade && !told.contains(number)) {
      trail.apply(refused(number)).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      told.add(number);
    }
    return false;
  }

  /** That a key does not count. */
  static KeyException notApproved(int number) {
    return new KeyException(
        KeyDefect.KEY_NOT_APPROVED,
        "signing key " + number + " (expected: one that two officers have signed for)");
  }

  /**
   * The recovery key vouches for it, which was approved as a failover or a move, or for a later one
   * and so for all before, which that one's statement names: a rebuilt site has them from its card.
   */
  private boolean isOfNewSite(int number) throws KeyException {
    List<TrustedKey> all = home.keys().signingKeys();
    return all.get(all.size() - 1).siteEpoch() > all.get(number - 2).siteEpoch();
  }

  /** It counted when it was sent, by this rule or before there was this rule. */
  private boolean isSent(int number) throws Exception {
    return home.store().read(new ArchiveName(StatementKind.KEY, 0, number)).isPresent();
  }

  private boolean hasOfficers() throws Exception {
    return this.<AccountState>read("account/" + Account.COMMAND_LINE).exists();
  }

  private Optional<OperationState> approval(int number) throws Exception {
    var operation = new KeyApprovals(home.keys()).operation(name(rotation(number)));
    return operation.isEmpty()
        ? Optional.empty()
        : Optional.of(this.<OperationState>read(ApprovalRequests.id(operation.get())).state());
  }

  private boolean isFor(int number, OperationState state) throws KeyException {
    var rotation = rotation(number);
    return state.status() == Status.SUCCEEDED
        && state.kind().equals(DangerousCommand.ROTATE_KEY.kind())
        && state.subject().equals(rotation.subject())
        && state.signatures().size() >= DangerousCommand.SIGNERS
        && state.result().equals(KeyRotations.fingerprint(home.keys(), rotation));
  }

  private <S> Answer<S> read(String entity) throws Exception {
    return entities.<S>read(entity).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private AuditRecord refused(int number) {
    return new AuditRecord(
        clock.instant(),
        "",
        "",
        "",
        "key-use",
        "",
        rotation(number).subject(),
        Outcome.DENIED,
        KeyDefect.KEY_NOT_APPROVED.name(),
        "",
        "",
        1);
  }
}
