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

  /** Asks the sibling about this cloud; blocks. */
  @FunctionalInterface
  public interface Asking {
    /**
     * The card of this cloud as the sibling has it.
     *
     * @throws LinkException when the sibling does not answer
     */
    CloudCard card() throws LinkException;

    /**
     * Where people find this cloud, as the sibling was told; empty: it was not.
     *
     * @throws LinkException when the sibling does not answer
     */
    default Optional<String> address() throws LinkException {
      return Optional.empty();
    }
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
    return sibling.isEmpty() || ask(sibling.get());
  }

  private boolean ask(Asking asked) {
    try {
      if (fence.givenUp().isEmpty()) {
        fence.learn(asked.card());
      }
      // Again and again: officers there may have said it wrong, or have moved on.
      if (fence.givenUp().isPresent() && !fence.isAddressSaid()) {
        fence.learnAddress(asked.address());
      }
    } catch (LinkException e) {
      LOG.debug("whether this site was given up: {}", e.getMessage());
      return fence.givenUp().isPresent();
    } catch (KeyException e) {
      LOG.error("whether this site was given up: {}", e.getMessage());
    }
    return true;
  }

  /** Looks again and again until the system ends: a site that was given up, for its address. */
  public void start(ActorSystem<?> system) {
    ReplicationThreads.watch(system, "site-watch", LOOK, this::look);
  }
}
