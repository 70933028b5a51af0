package govcloud.node.exchange.crossing;

import com.google.protobuf.ByteString;
import java.util.stream.IntStream;

/**
 * One making of a batch for another cloud. Its parts have names of their own: what is made again
 * may differ, and of what did not come to its end nothing is taken for a part of what did.
 */
final class BundleRun {

  private final BundlePeer peer;
  private final String query;
  private final String id;
  private int parts;

  BundleRun(BundlePeer peer, SignedMessage query) {
    this.peer = peer;
    this.query = query.hash();
    this.id = peer.nonces().get();
  }

  /** Random digits. */
  String id() {
    return id;
  }

  /** Keeps an answer until it is sent. */
  void take(int number, ByteString answer) {
    parts = number + 1;
    peer.store().enqueue(peer.name(), name(number), answer);
  }

  /** What has not come to its end is not sent. */
  void forget() {
    peer.store().dequeue(peer.name(), IntStream.range(0, parts).mapToObj(this::name).toList());
  }

  private String name(int number) {
    return "%s/%s/%09d".formatted(query, id, number);
  }

  /** In the order of names the last answer of many is behind all others, and so it is sent. */
  static String last(String query) {
    return query + "/last";
  }
}
