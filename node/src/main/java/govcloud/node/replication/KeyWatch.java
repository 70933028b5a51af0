package govcloud.node.replication;

import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks on each node now and then which keys the key folder holds, so that keys are rotated without
 * a restart. A new key is trusted one look before it signs, when the other nodes trust it too.
 */
final class KeyWatch {
  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final HomeArchive home;
  private final TrustedKeys trusted;
  private final Optional<SiblingCloud> sibling;
  private final Optional<Path> cards;
  private final KeyRules rules;
  private SigningKey next;

  /**
   * Nothing is looked at yet.
   *
   * @param trusted what files are checked with
   * @param cards where the cards of both clouds are kept beside the replica, if there is one
   * @param rules which keys count
   */
  KeyWatch(
      HomeArchive home,
      TrustedKeys trusted,
      Optional<SiblingCloud> sibling,
      Optional<Path> cards,
      KeyRules rules) {
    this.rules = rules;
    this.home = home;
    this.trusted = trusted;
    this.sibling = sibling;
    this.cards = cards;
    this.next = home.signing().current();
  }

  /** Begins to look; ends with the system. */
  void start(ActorSystem<?> system) {
    ReplicationThreads.watch(system, "key-watch", LOOK, this::look);
  }

  /** Looks once; whether all could be read. */
  boolean look() {
    boolean isTrusting = isDone(this::trust);
    boolean isRead = rules.look();
    // A key that is not trusted here yet does not sign.
    boolean isChosen = isTrusting && isDone(this::choose);
    boolean isLetIn = isDone(this::letIn);
    boolean isKept = isDone(this::keepCards);
    return isRead && isChosen && isLetIn && isKept;
  }

  /** A part of a look, which holds up none of the others. */
  private interface Part {
    void look() throws Exception;
  }

  private static boolean isDone(Part part) {
    try {
      part.look();
      return true;
    } catch (Exception e) { // files, archive and log: each may be away for a while
      LOG.warn("keys: {}", e.toString());
      return false;
    }
  }

  private void trust() throws KeyException {
    trusted.replace(keys());
    trusted.hold(sibling.map(cloud -> cloud.succession().held()).orElse(Set.of()));
    home.signing().use(next);
  }

  private void choose() throws Exception {
    next = home.keys().signing(rules.signingNumber(newest()));
  }

  private void letIn() throws KeyException {
    if (sibling.isPresent()) {
      sibling.get().readers().look();
    }
  }

  private void keepCards() {
    if (sibling.isPresent() && cards.isPresent()) {
      home.keepCards(sibling.get().name(), cards.get());
    }
  }

  /** With a sibling, of those that it knows. */
  private int newest() throws KeyException {
    return sibling.isPresent()
        ? sibling.get().succession().usableNumber()
        : home.keys().newestSigning();
  }

  private List<TrustedKey> keys() throws KeyException {
    return sibling.isPresent() ? sibling.get().succession().trusted() : home.keys().signingKeys();
  }
}
