package govcloud.node.seen;

import java.util.concurrent.CompletionStage;

/** Tells whether a signed message comes for the first time, over all nodes of the cloud. */
@FunctionalInterface
public interface SeenMessages {

  /**
   * Whether a message comes for the first time; fails when that is not known.
   *
   * @param hash of the message, or of what makes it differ from all others of its sender
   * @param sender who signed it
   */
  CompletionStage<Boolean> isFirst(String hash, String sender);
}
