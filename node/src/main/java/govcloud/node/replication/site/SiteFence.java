package govcloud.node.replication.site;

import govcloud.domain.Refusal;
import govcloud.node.eventsourcing.Closing;
import govcloud.node.eventsourcing.RequestRefusal;
import govcloud.node.eventsourcing.WritePermit;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.DrainWatch;
import govcloud.replication.keys.GivenUpSite;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.SiteAddress;
import govcloud.replication.keys.SiteDrain;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this site was given up, as this node knows it. Once it is known nothing takes it back,
 * and the proof lies beside the keys, so that a restart and the other nodes know it too. And
 * whether it is drained, because it is to be moved, which can be taken back. For several threads.
 */
public final class SiteFence implements WritePermit {
  private static final Logger LOG = LoggerFactory.getLogger(SiteFence.class);

  /** By then every node knows of it, and nothing is on its way to the log any more. */
  static final Duration SETTLED = Duration.ofSeconds(10);

  private final KeyFolder keys;
  private final Set<Runnable> listeners = ConcurrentHashMap.newKeySet();
  private volatile Optional<GivenUpSite> givenUp = Optional.empty();
  private volatile Optional<String> address = Optional.empty();
  private volatile boolean addressSaid;
  private final DrainWatch drain = new DrainWatch(SETTLED.toNanos());

  /** Of the site that has these keys; nothing is read yet. */
  public SiteFence(KeyFolder keys) {
    this.keys = keys;
  }

  /** The proof, if there is one. */
  public Optional<GivenUpSite> givenUp() {
    return givenUp;
  }

  @Override
  public Optional<Refusal> refusal() {
    return givenUp.map(
        site ->
            RequestRefusal.siteFenced(
                site.cloud(), site.siteEpoch(), site.currentEpoch(), address));
  }

  /** Where the site that counts is found, if this one was given up and knows it. */
  public Optional<String> address() {
    return givenUp.flatMap(site -> address);
  }

  /** Whether officers said here where that is: then nobody else is asked. */
  boolean isAddressSaid() {
    return addressSaid;
  }

  /**
   * Tells from now on what the sibling said of where the site that counts is found, unless somebody
   * has said so here, and keeps it for after a restart; blocks.
   *
   * @param told empty: the sibling does not know it, or not any more
   * @throws KeyException when it cannot be kept: this node tells it all the same
   */
  public void learnAddress(Optional<String> told) throws KeyException {
    if (addressSaid || address.equals(told)) {
      return;
    }
    address = told;
    SiteAddress learned = SiteAddress.learned(keys);
    if (told.isPresent()) {
      learned.keep(told.get());
    } else {
      learned.forget();
    }
  }

  /** Since when nothing is accepted because the site is to be moved; empty: it is not. */
  public Optional<Instant> drainedSince() {
    return drain.since();
  }

  /**
   * The same as soon as it can be relied on: all nodes know it, and what was under way is in the
   * log.
   */
  public Optional<Instant> settledDrain() {
    return drain.settled(System.nanoTime());
  }

  /** Follow-ups and deadlines wait: they are done here if it stays, or else at the next site. */
  @Override
  public Optional<Closing> closed(String tenant) {
    return drain
        .since()
        .map(since -> new Closing(Closing.Reason.SITE_DRAINED, drainedWords(since)));
  }

  /** A sentence for people. */
  static String drainedWords(Instant since) {
    return "site: accepts nothing since " + since + " (expected: moved, or at work soon)";
  }

  /** Reads what lies beside the keys; blocks. */
  public void look() throws KeyException {
    if (givenUp.isEmpty()) {
      GivenUpSite.known(keys).ifPresent(this::close);
      lookForDrain();
    }
    if (givenUp.isPresent()) {
      Optional<String> said = SiteAddress.own(keys).known();
      addressSaid = said.isPresent();
      if (said.isPresent() || address.isEmpty()) {
        address = said.isPresent() ? said : SiteAddress.learned(keys).known();
      }
    }
  }

  private void lookForDrain() throws KeyException {
    Optional<Instant> since = new SiteDrain(keys).since();
    if (drain.look(since, System.nanoTime())) {
      LOG.warn(
          since
              .map(from -> "this site is drained since " + from + ": it accepts nothing")
              .orElse("this site is not drained any more: it accepts again"));
    }
  }

  /**
   * Takes in a card of this cloud as somebody else has it, and keeps it if it is the proof; blocks.
   *
   * @throws KeyException when it is not a card of this cloud, or cannot be kept: if it is the
   *     proof, this node is closed all the same
   */
  public void learn(CloudCard told) throws KeyException {
    try {
      // Kept first: who has heard that this site is closed never finds it open again.
      GivenUpSite.learn(keys, told).ifPresent(this::close);
    } catch (KeyException e) {
      GivenUpSite.of(keys.card(), told).ifPresent(this::close);
      throw e;
    }
  }

  private synchronized void close(GivenUpSite site) {
    if (givenUp.isPresent()) {
      return;
    }
    LOG.error(
        "this site of {} was given up: it is of site epoch {}, and {} counts; it changes nothing"
            + " more",
        site.cloud(),
        site.siteEpoch(),
        site.currentEpoch());
    givenUp = Optional.of(site);
    listeners.forEach(Runnable::run);
    listeners.clear();
  }

  /** Tells somebody as soon as the site is given up, at once if it is; never twice. */
  void tell(Runnable listener) {
    listeners.add(listener);
    if (givenUp.isPresent() && listeners.remove(listener)) {
      listener.run();
    }
  }

  /** Does not tell him any more. */
  void forget(Runnable listener) {
    listeners.remove(listener);
  }
}
