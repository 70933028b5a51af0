package govcloud.node.replication.site;

import govcloud.node.replication.ReplicationThreads;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.shipping.LinkException;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks, on each node, whether this site was given up: the sibling, and what lies beside the keys;
 * before anything is hosted, and then every few seconds.
 */
public final class SiteWatch {
  private static final Logger LOG = LoggerFactory.getLogger(SiteWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final SiteFence fence;
  private final Optional<Asking> sibling;

  /** Asks the sibling for this cloud's card as it has it; blocks. */
  @FunctionalInterface
  public interface Asking {
    /**
     * The card.
     *
     * @throws LinkException when the sibling does not answer
     */
    CloudCard card() throws LinkException;
  }

  /**
   * A watch.
   *
   * @param sibling none: there is nobody to ask
   */
  public SiteWatch(SiteFence fence, Optional<Asking> sibling) {
    this.fence = fence;
    this.sibling = sibling;
  }

  /**
   * Looks once. What cannot be read or asked leaves things as they are.
   *
   * @return false: the sibling has not answered
   */
  public boolean look() {
    try {
      fence.look();
    } catch (KeyException e) {
      LOG.error("whether this site was given up cannot be read: {}", e.getMessage());
    }
    return fence.givenUp().isPresent() || sibling.isEmpty() || ask(sibling.get());
  }

  private boolean ask(Asking asked) {
    try {
      fence.learn(asked.card());
    } catch (LinkException e) {
      LOG.debug("whether this site was given up: {}", e.getMessage());
      return false;
    } catch (KeyException e) {
      LOG.error("whether this site was given up: {}", e.getMessage());
    }
    return true;
  }

  /** Looks again and again until the site is given up or the system ends. */
  public void start(ActorSystem<?> system) {
    ReplicationThreads.watch(system, "site-watch", LOOK, () -> fence.givenUp().isEmpty() && look());
  }
}
