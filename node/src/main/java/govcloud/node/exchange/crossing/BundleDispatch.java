package govcloud.node.exchange.crossing;

import com.google.protobuf.ByteString;
import govcloud.domain.exchange.ExchangeRefusal;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes bundles of what is to be sent and drops them until the other cloud says that it has taken
 * them in. A bundle is kept before it is dropped, so there are never two of one number; what is
 * dropped again is the same file.
 */
final class BundleDispatch {

  private static final Logger LOG = LoggerFactory.getLogger(BundleDispatch.class);

  /** Bundles that may be on their way. */
  private static final int WINDOW = 16;

  private static final int MOST_MESSAGES = 100;

  /** More than can be in bundles on their way. */
  private static final int MOST_WAITING = 4 * WINDOW * MOST_MESSAGES;

  private final BundlePeer peer;
  private final Map<String, Instant> dropped = new HashMap<>();
  private Optional<Standing> told = Optional.empty();

  BundleDispatch(BundlePeer peer) {
    this.peer = peer;
  }

  /**
   * What is on its way.
   *
   * @param waiting messages that are in no bundle yet
   * @param bundles that the other cloud has not taken in
   * @param since when the first of them was made; none: there are none
   * @param last number of the last one that was made
   */
  record Sending(int waiting, int bundles, Optional<Instant> since, long last) {}

  /** Drops what is to be dropped now. */
  Sending run() throws IOException {
    var standing = peer.standing();
    if (standing.isEmpty()) {
      var waiting = peer.store().outgoing(peer.name(), MOST_WAITING).size();
      return new Sending(waiting, 0, Optional.empty(), 0);
    }
    var stream = peer.streamTo(standing.get());
    var sent = acknowledged(peer.store().sent(peer.name(), stream), standing.get().taken());
    var under = new HashSet<String>();
    sent.forEach(bundle -> under.addAll(bundle.messages()));
    // Looked up after the bundles: what is in none of them and is still there was never sent.
    var left =
        peer.store().outgoing(peer.name(), MOST_WAITING).stream()
            .filter(id -> !under.contains(id))
            .toList();
    if (!left.isEmpty() && sent.stream().filter(BundleStore.Sent::open).count() < WINDOW) {
      var before = sent.isEmpty() ? Position.before(stream) : last(sent).position();
      var made = append(before, standing.get().key(), left);
      made.ifPresent(sent::add);
      left = left.subList(made.map(one -> one.messages().size()).orElse(0), left.size());
    }
    var open = sent.stream().filter(BundleStore.Sent::open).toList();
    for (var bundle : open) {
      drop(bundle.position());
    }
    return new Sending(
        left.size(),
        open.size(),
        open.stream().findFirst().map(BundleStore.Sent::at),
        sent.isEmpty() ? 0 : last(sent).position().number());
  }

  private static BundleStore.Sent last(List<BundleStore.Sent> sent) {
    return sent.get(sent.size() - 1);
  }

  /** Makes the next bundle; none: somebody else has, or there is nothing to be sent after all. */
  private Optional<BundleStore.Sent> append(
      Position before, String receiverKey, List<String> waiting) {
    var messages = new LinkedHashMap<String, ByteString>();
    long bytes = 0;
    for (var id : waiting.subList(0, Math.min(MOST_MESSAGES, waiting.size()))) {
      var message = peer.store().message(peer.name(), id);
      bytes += message.map(ByteString::size).orElse(0);
      if (message.isEmpty() || (!messages.isEmpty() && bytes > Bundle.LARGEST_MESSAGE)) {
        break;
      }
      messages.put(id, message.get());
    }
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    var now = peer.clock().instant();
    var bundle =
        Bundle.seal(
            peer.own(),
            peer.name(),
            before,
            receiverKey,
            List.copyOf(messages.values()),
            now,
            peer.nonces().get());
    var made = new BundleStore.Sent(bundle.position(), now, List.copyOf(messages.keySet()), true);
    return Optional.of(made).filter(one -> peer.store().append(peer.name(), one, bundle.toFile()));
  }

  /** Forgets what the other cloud has, if it is what was sent; gives the rest, and the last one. */
  private List<BundleStore.Sent> acknowledged(List<BundleStore.Sent> sent, Position taken)
      throws IOException {
    var rest = new ArrayList<>(sent);
    var there =
        sent.stream()
            .filter(one -> one.open() && one.position().number() == taken.number())
            .filter(one -> one.position().stream().equals(taken.stream()))
            .findFirst();
    if (there.isEmpty()) {
      return rest;
    }
    if (!there.get().position().equals(taken)) {
      LOG.error(
          "{}: {} has taken in bundle {} as {} (expected: {}, as it was sent)",
          ExchangeRefusal.EXCHANGE_BUNDLE_FORKED,
          peer.name(),
          taken.number(),
          taken.hash(),
          there.get().position().hash());
      return rest;
    }
    for (var bundle : sent) {
      if (bundle.position().number() <= taken.number()) {
        peer.store().dequeue(peer.name(), bundle.messages());
        var name = Bundle.name(peer.own().own(), bundle.position().number());
        peer.outbox().delete(name);
        dropped.remove(name);
        rest.remove(bundle);
      }
    }
    peer.store().acknowledged(peer.name(), taken);
    rest.add(0, new BundleStore.Sent(taken, there.get().at(), List.of(), false));
    return rest;
  }

  private void drop(Position bundle) throws IOException {
    var name = Bundle.name(peer.own().own(), bundle.number());
    if (isDue(name)) {
      var file = peer.store().file(peer.name(), bundle);
      if (file.isPresent()) {
        drop(name, file.get());
      }
    }
  }

  private boolean isDue(String name) {
    var before = dropped.get(name);
    return before == null || !peer.clock().instant().isBefore(before.plus(peer.patience()));
  }

  private void drop(String name, ByteString file) throws IOException {
    peer.outbox().put(name, file);
    dropped.put(name, peer.clock().instant());
  }

  /**
   * Tells the other cloud about this one: what is new, what it seems not to know, and now and then.
   *
   * @param again whether something came twice
   */
  void tell(boolean again) throws IOException {
    var name = Standing.name(peer.own().own());
    var taken =
        peer.standing()
            .map(other -> peer.store().taken(peer.name(), peer.streamFrom(other)))
            .orElse(Position.before(""));
    var said = new Standing(peer.key().text(), taken, peer.clock().instant());
    if (again || isDue(name) || told.filter(one -> one.says(said)).isEmpty()) {
      var message = said.signed(peer.own(), peer.name(), peer.nonces().get());
      drop(name, ByteString.copyFrom(message.toBytes()));
      told = Optional.of(said);
    }
  }
}
