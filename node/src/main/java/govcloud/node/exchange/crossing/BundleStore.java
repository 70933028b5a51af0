package govcloud.node.exchange.crossing;

import com.google.protobuf.ByteString;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What a cloud keeps of its bundles, for all nodes and over their loss. Blocks; what fails was
 * perhaps done.
 */
interface BundleStore {

  /**
   * A bundle that was made.
   *
   * @param at when
   * @param messages ids of its messages
   * @param open whether the other cloud has not taken it in
   */
  record Sent(Position position, Instant at, List<String> messages, boolean open) {
    public Sent {
      messages = List.copyOf(messages);
    }
  }

  /** Has a message sent; one of the same id stays as it is. */
  void enqueue(String cloud, String id, ByteString message);

  /** Ids of messages that are to be sent, at most so many. */
  List<String> outgoing(String cloud, int most);

  /** A message that is to be sent. */
  Optional<ByteString> message(String cloud, String id);

  /** Forgets messages, which the other cloud has. */
  void dequeue(String cloud, Collection<String> ids);

  /**
   * Bundles of a stream that the other cloud has not taken in, and the last that it has, in order.
   */
  List<Sent> sent(String cloud, String stream);

  /** The file of a bundle that the other cloud has not taken in. */
  Optional<ByteString> file(String cloud, Position bundle);

  /** Keeps a bundle for good, if there is none of its number; tells whether. */
  boolean append(String cloud, Sent bundle, ByteString file);

  /** Forgets what is in a bundle, and the bundles before it. */
  void acknowledged(String cloud, Position bundle);

  /** Forgets a stream that is not gone on with. */
  void forget(String cloud, String stream);

  /** The last bundle of a stream that was taken in here. */
  Position taken(String cloud, String stream);

  /** Hash of a bundle that was taken in; none: of that number none was, or long ago. */
  Optional<String> taken(String cloud, String stream, long number);

  /** Notes that a bundle was taken in, if none of its number was; tells whether. */
  boolean take(String cloud, Position bundle);

  /** What the other cloud said of itself last. */
  Optional<SignedMessage> standing(String cloud);

  /** Keeps what the other cloud says of itself. */
  void keep(String cloud, SignedMessage standing);

  /** Keeps a query or an answer under a name, if there is none; tells whether. */
  boolean keep(String cloud, String name, ByteString message);

  /** A query or an answer. */
  Optional<ByteString> kept(String cloud, String name);
}
