package govcloud.node.replication;

import govcloud.domain.audit.AuditRecord;
import govcloud.domain.operation.KeyRotation;
import govcloud.domain.operation.OperationState;
import govcloud.node.NodeContext;
import govcloud.node.eventsourcing.Entities;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.KeySuccession;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the keys in a cloud's folder count, as the log says, and what is told of the others.
 * Blocks.
 */
final class KeyRules {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRules.class);

  /** Subject of the alarm that it cannot be told which epoch counts. */
  private static final String EPOCHS = "keys/epochs";

  private final KeyFolder keys;
  private final CurrentEpoch sealing;
  private final Optional<KeySuccession> told;
  private final KeyLog log;
  private final RefusedKeys refused;
  private final ApprovedKeys signing;
  private final ApprovedEpochs epochs;
  private final ApprovedDrill drill;

  /**
   * Nothing is looked at yet.
   *
   * @param told how the sibling is told of signing keys; none: all of them may sign, as there is no
   *     memory of those of the time before keys were signed for
   * @param trail writes down that a key is refused
   */
  KeyRules(
      Entities entities,
      HomeArchive home,
      Optional<KeySuccession> told,
      Function<AuditRecord, CompletionStage<Void>> trail,
      InstantSource clock) {
    this.keys = home.keys();
    this.sealing = home.sealing();
    this.told = told;
    this.log = new KeyLog(entities, keys);
    this.refused = new RefusedKeys(trail, clock);
    this.signing = new ApprovedKeys(log, home, refused);
    this.epochs = new ApprovedEpochs(log, keys, refused);
    this.drill = new ApprovedDrill(log, keys, refused);
  }

  /** The same on a node. */
  static KeyRules on(
      NodeContext context,
      HomeArchive home,
      ReplicationSettings settings,
      Function<AuditRecord, CompletionStage<Void>> trail) {
    return new KeyRules(
        context.entities(), home, HomeArchive.told(settings, home.keys()), trail, context.clock());
  }

  /** Which signing keys count. */
  ApprovedKeys signing() {
    return signing;
  }

  /** What an operator has to look at. */
  List<ReplicationAlarm> alarms() {
    return refused.alarms();
  }

  /**
   * Looks at epochs and drill key, and completes keys that are decided and were left half made.
   * What is wrong with one of them holds up none of the others.
   *
   * @return whether files and log could be read
   */
  boolean look() {
    boolean isRead = isRead(EPOCHS, this::seal);
    for (var kind : KeyRotation.Kind.values()) {
      isRead &= isRead(subject(kind), () -> complete(kind));
    }
    boolean isDrillRead = isRead(ApprovedDrill.SUBJECT, drill::look);
    return isRead && isDrillRead;
  }

  /** One look at some of the keys. */
  private interface Look {
    void look() throws Exception;
  }

  private boolean isRead(String subject, Look look) {
    try {
      look.look();
      return true;
    } catch (KeyException e) {
      refused.refuse(subject, e);
    } catch (Exception e) { // files and log: each may be away for a while
      LOG.warn("{}: {}", subject, e.toString());
    }
    return false;
  }

  private void seal() throws Exception {
    int counts = epochs.newest();
    sealing.use(counts);
    refused.keep(KeyRotation.Kind.EPOCH, counts, Integer.MAX_VALUE);
    refused.accept(EPOCHS);
  }

  /** Of keys that are not there any more nothing is told. */
  private void complete(KeyRotation.Kind kind) throws Exception {
    var rotation = new KeyRotation(kind, newest(kind) + 1);
    refused.accept(subject(kind));
    boolean isAnyUsed = kind == KeyRotation.Kind.SIGNING && told.isEmpty();
    refused.keep(kind, isAnyUsed ? rotation.number() : 1, rotation.number());
    try {
      Optional<OperationState> decided = log.decided(rotation);
      if (decided.isPresent()) {
        KeyRotations.use(keys, rotation, decided.get().result());
      }
      refused.accept(rotation.subject());
    } catch (KeyException e) {
      refused.refuse(rotation.subject(), e);
    }
  }

  private static String subject(KeyRotation.Kind kind) {
    return "keys/" + kind.word();
  }

  private int newest(KeyRotation.Kind kind) throws KeyException {
    return switch (kind) {
      case SIGNING -> keys.newestSigning();
      case EPOCH -> keys.newestEpoch();
    };
  }

  /** The number of the signing key that counts. */
  int signingNumber(int newest) throws Exception {
    return told.isPresent() ? signing.newest(newest) : newest;
  }

  /**
   * Why the newest key of a kind cannot be followed by another one yet; empty: it can.
   *
   * @throws Exception when files or log cannot be read now
   */
  Optional<String> unfinished(KeyRotation.Kind kind) throws Exception {
    int newest = newest(kind);
    if (kind == KeyRotation.Kind.EPOCH || told.isEmpty()) {
      return Optional.empty();
    }
    if (!signing.counts(newest)) {
      return Optional.of("signing key " + newest + " is refused, as nobody has signed for it");
    }
    return told.get().usableNumber() < newest
        ? Optional.of("the sibling does not know signing key " + newest + " yet")
        : Optional.empty();
  }
}
