package govcloud.node.exchange.crossing;

import com.google.protobuf.ByteString;
import govcloud.domain.exchange.ExchangeRefusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes in what the gateway brings, in the order of the numbers. A bundle stays in the inbox until
 * everything in it is answered and kept and its number is written down, so a crash at any point
 * only means that it is taken in again; what is not as it should be is set aside with its code.
 */
final class BundleIntake {

  private static final Logger LOG = LoggerFactory.getLogger(BundleIntake.class);

  private final BundlePeer peer;
  private final Answering answering;

  /** What is done with a query; as with one that comes by a request. */
  @FunctionalInterface
  interface Answering {
    /**
     * The answer, signed, when the exchange is recorded; fails when nothing can be answered now.
     *
     * @param file in which it came
     * @param run keeps what the answer has before its last message
     */
    CompletionStage<SignedMessage> answer(SignedMessage query, String file, BundleRun run);
  }

  BundleIntake(BundlePeer peer, Answering answering) {
    this.peer = peer;
    this.answering = answering;
  }

  /**
   * What a look into the inbox gave.
   *
   * @param repeated whether something came again, which is why the sender has to be told
   * @param missing number of a bundle without which others wait; 0: none
   */
  record Look(boolean repeated, long missing) {}

  /** Takes in everything that can be taken in now. */
  Look run() throws IOException {
    var bundles = new TreeMap<Long, String>();
    for (var name : peer.inbox().list()) {
      var number = number(name);
      if (name.equals(Standing.name(peer.name()))) {
        standing(name);
      } else if (number.isPresent()) {
        bundles.put(number.get(), name);
      } else {
        refuse(name, misplaced("no name of a file of " + peer.name(), Bundle.name(peer.name(), 1)));
      }
    }
    return bundles(List.copyOf(bundles.values()));
  }

  private Optional<Long> number(String name) {
    var from = peer.name().length() + 1;
    try {
      var number = Long.parseLong(name.substring(from, name.lastIndexOf('.')));
      return Optional.of(number).filter(one -> Bundle.name(peer.name(), one).equals(name));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private void standing(String name) throws IOException {
    var file = peer.inbox().read(name);
    if (file.isEmpty()) {
      return;
    }
    try {
      var message = SignedMessage.parse(file.get());
      peer.inspection().brought(message, peer.cloud(), Head.STANDING);
      var said = Standing.of(message);
      var before = peer.standing();
      if (before.filter(one -> !said.at().isAfter(one.at())).isEmpty()) {
        before.filter(one -> !one.key().equals(said.key())).ifPresent(one -> over(one));
        peer.store().keep(peer.name(), message);
      }
      peer.inbox().delete(name);
    } catch (CrossingException e) {
      refuse(name, e);
    }
  }

  /** With another key other streams begin. */
  private void over(Standing before) {
    LOG.warn("bundles: {} has another key: new streams begin", peer.name());
    peer.store().forget(peer.name(), peer.streamTo(before));
    peer.store().forget(peer.name(), peer.streamFrom(before));
  }

  private Look bundles(List<String> names) throws IOException {
    var standing = peer.standing();
    var repeated = false;
    for (var name : names) {
      var file = peer.inbox().read(name);
      if (file.isEmpty()) {
        continue;
      }
      try {
        var bundle = Bundle.parse(file.get());
        peer.inspection().brought(bundle.cover(), peer.cloud(), Head.BUNDLE);
        placed(bundle, name);
        if (standing.isEmpty() || !isOfNow(bundle, standing.get())) {
          continue;
        }
        var last = peer.store().taken(peer.name(), bundle.stream());
        if (bundle.position().number() > last.number() + 1) {
          return new Look(repeated, last.number() + 1);
        }
        if (isRepeated(bundle, last)) {
          LOG.info("{}: {} came before", ExchangeRefusal.EXCHANGE_BUNDLE_REPEATED, name);
          repeated = true;
        } else {
          take(bundle);
        }
        peer.inbox().delete(name);
      } catch (CrossingException e) {
        refuse(name, e);
      }
    }
    return new Look(repeated, 0);
  }

  private void placed(Bundle bundle, String name) throws CrossingException {
    var own = Bundle.name(peer.name(), bundle.position().number());
    if (!own.equals(name)) {
      throw misplaced(name + ": the file of another bundle", own);
    }
  }

  private static CrossingException misplaced(String found, String expected) {
    return new CrossingException(
        ExchangeRefusal.EXCHANGE_BUNDLE_MISPLACED, found + " (expected: " + expected + ")");
  }

  /** One of other keys waits for the word of them, unless that word is newer. */
  private boolean isOfNow(Bundle bundle, Standing standing) throws CrossingException {
    if (bundle.stream().equals(peer.streamFrom(standing))) {
      return true;
    }
    if (bundle.at().isBefore(standing.at())) {
      throw new CrossingException(
          ExchangeRefusal.EXCHANGE_BUNDLE_OTHER_KEY,
          "stream: %s (expected: %s, of the clouds' keys)"
              .formatted(bundle.stream(), peer.streamFrom(standing)));
    }
    return false;
  }

  private boolean isRepeated(Bundle bundle, Position last) throws CrossingException {
    var at = bundle.position();
    if (at.number() > last.number()) {
      if (!bundle.previous().equals(last.hash())) {
        throw forked(at, "behind " + bundle.previous(), last.hash());
      }
      return false;
    }
    var known = peer.store().taken(peer.name(), bundle.stream(), at.number());
    if (known.filter(hash -> !hash.equals(at.hash())).isPresent()) {
      throw forked(at, at.hash(), known.get());
    }
    return true;
  }

  private static CrossingException forked(Position at, String found, String expected) {
    return new CrossingException(
        ExchangeRefusal.EXCHANGE_BUNDLE_FORKED,
        "bundle %d: %s (expected: %s, as it was taken in)".formatted(at.number(), found, expected));
  }

  private void take(Bundle bundle) throws CrossingException {
    var messages = new ArrayList<SignedMessage>();
    for (var bytes : bundle.open(peer.key())) {
      messages.add(SignedMessage.parse(bytes.toByteArray()));
    }
    for (var message : messages) {
      if (!message.head().kind().equals(Head.QUERY)) {
        peer.inspection().brought(message, peer.cloud(), Head.ANSWER);
      }
    }
    var name = Bundle.name(peer.name(), bundle.position().number());
    var queries =
        messages.stream()
            .filter(message -> message.head().kind().equals(Head.QUERY))
            .collect(Collectors.partitioningBy(BundleParts::areAskedForBy));
    queries.get(false).stream()
        .map(query -> answering.answer(query, name, new BundleRun(peer, query)))
        .toList()
        .forEach(answer -> send(answer.toCompletableFuture().join()));
    // One after the other: each takes as much of the gate as the door lets one caller take.
    queries.get(true).forEach(query -> batch(query, name));
    for (var message : messages) {
      if (message.head().kind().equals(Head.ANSWER)) {
        peer.store().keep(peer.name(), answerTo(message), ByteString.copyFrom(message.toBytes()));
      }
    }
    peer.store().take(peer.name(), bundle.position());
  }

  /** One that was made as a whole is not made again because of what is beside it. */
  private void batch(SignedMessage query, String file) {
    var whole = "made/" + query.hash();
    if (peer.store().kept(peer.name(), whole).isEmpty()) {
      send(made(query, file, new BundleRun(peer, query)));
      peer.store().keep(peer.name(), whole, ByteString.copyFromUtf8(file));
    }
  }

  private SignedMessage made(SignedMessage query, String file, BundleRun run) {
    try {
      return answering.answer(query, file, run).toCompletableFuture().join();
    } catch (RuntimeException e) {
      run.forget();
      throw e;
    }
  }

  private void send(SignedMessage answer) {
    var query = answer.head().answers();
    var id = answer.body().has(BundleParts.PARTS) ? BundleRun.last(query) : query;
    peer.store().enqueue(peer.name(), id, ByteString.copyFrom(answer.toBytes()));
  }

  private static String answerTo(SignedMessage message) {
    var part = message.body().path(BundleParts.PART);
    var query = message.head().answers();
    return part.isIntegralNumber()
        ? answerTo(query, BundleParts.run(message), part.asLong())
        : answerTo(query);
  }

  /** Under which name the answer to a query is kept; of many the last one. */
  static String answerTo(String query) {
    return "answer/" + query;
  }

  /** Under which name one of many answers of a run is kept. */
  static String answerTo(String query, String run, long part) {
    return answerTo(query) + "/" + run + "/" + part;
  }

  private void refuse(String name, CrossingException why) throws IOException {
    LOG.warn("bundles: {} of {}: {}", name, peer.name(), why.getMessage());
    peer.inbox().setAside(name, why.getMessage());
  }
}
