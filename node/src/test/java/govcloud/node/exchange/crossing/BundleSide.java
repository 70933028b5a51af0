package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import govcloud.replication.statement.SigningKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** One of two clouds that exchange bundles: what survives it, and whoever works there now. */
final class BundleSide {

  /** Parts of an answer that has some. */
  static final int PARTS = 3;

  static final Duration PATIENCE = Duration.ofSeconds(8);

  final SigningKey signing;
  final KnownCloud other;
  final BundleKey key;
  final MemoryBundles store;
  final MemoryFolder outbox;
  final MemoryFolder inbox;

  /** Hashes of queries that the gate of this cloud has let through, by the id of the message. */
  final Map<String, String> ledger = new LinkedHashMap<>();

  private final Runnable step;
  private final Supplier<Instant> now;
  private final AtomicLong nonces = new AtomicLong();
  private BundleRound round;

  BundleSide(SigningKey own, SigningKey other, int seed, Runnable step, Supplier<Instant> now) {
    var secret = new byte[32];
    Arrays.fill(secret, (byte) seed);
    this.signing = own;
    this.other = CrossingSamples.known(other);
    this.key = new BundleKey(secret);
    this.step = step;
    this.now = now;
    this.store = new MemoryBundles(step);
    this.outbox = new MemoryFolder(step);
    this.inbox = new MemoryFolder(step);
    begin();
  }

  /** Somebody works here who knows only what is kept. */
  void begin() {
    round =
        new BundleRound(peer(), (query, file, run) -> answer(query, run), PATIENCE.multipliedBy(4));
  }

  KnownClouds clouds() {
    return new KnownClouds(signing.cloud(), () -> signing, null, List.of(other));
  }

  Inspection inspection() {
    return new Inspection(clouds(), Duration.ofDays(3), now::get);
  }

  BundlePeer peer() {
    return new BundlePeer(
        clouds(), other, inspection(), key, store, outbox, inbox, PATIENCE, this::nonce, now::get);
  }

  private String nonce() {
    return HexFormat.of().toHexDigits(nonces.incrementAndGet());
  }

  BundleState run() throws IOException {
    return round.run(inbox.aside.size());
  }

  /**
   * As the gate does it: recorded once for each message, and answered however often; a batch with
   * parts before its last message, and never twice with the same.
   */
  private CompletableFuture<SignedMessage> answer(SignedMessage query, BundleRun run) {
    step.run();
    try {
      inspection().query(query, other);
    } catch (CrossingException e) {
      throw new AssertionError(e);
    }
    ledger.putIfAbsent(query.head().message(), query.hash());
    step.run();
    var body = CrossingSamples.body().removeAll();
    body.putArray("records").addObject().put("plate", query.head().message()).put("made", nonce());
    if (BundleParts.areAskedForBy(query)) {
      body.put(BundleParts.RUN, run.id());
      for (int part = 0; part < PARTS; part++) {
        var one = signed(query, body.deepCopy().put(BundleParts.PART, part));
        run.take(part, ByteString.copyFrom(one.toBytes()));
      }
      body.put(BundleParts.PARTS, PARTS);
    }
    return CompletableFuture.completedFuture(signed(query, body));
  }

  private SignedMessage signed(SignedMessage query, ObjectNode body) {
    var head =
        new Head(
            Head.ANSWER,
            signing.cloud(),
            other.name(),
            query.head().message(),
            now.get().toString(),
            nonce(),
            query.head().agreement(),
            query.head().address(),
            query.hash(),
            "");
    return SignedMessage.sign(head, body, signing);
  }

  /** A query of this cloud, every third one for a batch. */
  SignedMessage query(String message) {
    var body = CrossingSamples.body();
    if (message.charAt(message.length() - 1) % 3 == 0) {
      body.put("mode", CloudStreams.BATCH);
    }
    var head =
        new Head(
            Head.QUERY,
            signing.cloud(),
            other.name(),
            message,
            now.get().toString(),
            nonce(),
            "violations",
            "0".repeat(64),
            "",
            "");
    return SignedMessage.sign(head, body, signing);
  }
}
