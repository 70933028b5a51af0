package govcloud.replication.simulation;

import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.TakeOver;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.TrustedKey;
import govcloud.replication.statement.TrustedKeys;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A cloud in one history of fencing: its sites, of which one counts, its sibling, and the line
 * between them. The seed decides everything.
 */
final class Sites {
  /** Milliseconds until nothing fails any more. */
  static final long TROUBLE = 1_500;

  static final int SLICES = 2;
  private static final int DEEPEST = 10;
  private static final int TRACE = 120;

  final Random random;
  final VirtualTime time = new VirtualTime();
  final SitesChecker checker = new SitesChecker(this);
  final SitesTally tally = new SitesTally();
  final List<Site> sites = new ArrayList<>();
  final SitesSibling sibling;

  /** A site is drained, and neither moved nor released yet. */
  boolean isMoving;

  private final boolean tracing;
  private final ArrayDeque<String> trace = new ArrayDeque<>();
  private int depth;
  private long nonce;

  Sites(long seed, boolean tracing) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L + 7);
    this.tracing = tracing;
    Site first = Site.first(this);
    this.sibling = new SitesSibling(this, first.card());
    sites.add(first);
    first.start();
  }

  /** The keys of one site's card, and the sibling's. */
  static TrustedKeys keys(CloudCard card) {
    List<TrustedKey> keys = new ArrayList<>();
    try {
      keys.addAll(card.signingKeys());
    } catch (KeyException e) {
      throw new IllegalStateException(e);
    }
    keys.add(TrustedKey.of(TestKeys.SIBLING));
    return new TrustedKeys(keys);
  }

  boolean troubled() {
    return time.now() < TROUBLE;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  boolean strikes(double probability) {
    return troubled() && chance(probability);
  }

  long between(long from, long to) {
    return from + random.nextInt((int) (to - from));
  }

  /** A moment between two things that a process does: others go on, and it may crash. */
  void step(Life life, Runnable crash) {
    life.require();
    if (strikes(0.006)) {
      tally.crashes++;
      crash.run();
    }
    life.require();
    if (chance(0.3)) {
      others(between(0, 5));
      life.require();
    }
  }

  /** Somebody waits; others go on. */
  void others(long millis) {
    if (depth < DEEPEST) {
      depth++;
      try {
        time.pass(millis);
      } finally {
        depth--;
      }
    }
  }

  /** A batch that nobody else has written. */
  ByteString batch(List<ByteString> log, String writer) {
    ByteString previous = log.isEmpty() ? RecordHash.NONE : RecordHash.of(log.get(log.size() - 1));
    return LogBatch.newBuilder()
        .setTakeOver(TakeOver.newBuilder().setNode(writer))
        .setIncarnation(ByteString.copyFrom(new byte[16]))
        .setNonce(++nonce)
        .setPreviousHash(previous)
        .setHighestClock(nonce)
        .build()
        .toByteString();
  }

  void trace(Supplier<String> what) {
    if (tracing) {
      if (trace.size() == TRACE) {
        trace.removeFirst();
      }
      trace.add(
          String.format(Locale.ROOT, "%6d ms %s%s", time.now(), "  ".repeat(depth), what.get()));
    }
  }

  String trace() {
    return String.join(System.lineSeparator(), trace);
  }
}
