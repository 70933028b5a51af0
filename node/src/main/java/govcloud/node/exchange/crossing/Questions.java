package govcloud.node.exchange.crossing;

import com.google.protobuf.ByteString;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Queries that go through a gateway: each is signed once and sent until its answer is there. Asking
 * again is looking whether it is. Blocks.
 */
final class Questions {

  private final BundleStore store;
  private final Inspection inspection;

  /**
   * Questions.
   *
   * @param inspection whom to believe; answers may be on their way for long
   */
  Questions(BundleStore store, Inspection inspection) {
    this.store = store;
    this.inspection = inspection;
  }

  /**
   * The answer, if it has come.
   *
   * @param name of the exchange, the same for the same query
   * @param query makes the message; none: it is not sent, if it was not before
   * @throws CrossingException when what has come cannot be believed
   */
  Optional<CloudLink.Answered> ask(
      String cloud, String name, Optional<Supplier<SignedMessage>> query) throws CrossingException {
    var kept = store.kept(cloud, "query/" + name);
    if (kept.isEmpty()) {
      query.ifPresent(one -> send(cloud, name, one.get()));
      return Optional.empty();
    }
    var asked = SignedMessage.parse(kept.get().toByteArray());
    var answer = store.kept(cloud, BundleIntake.answerTo(asked.hash()));
    return answer.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CloudLink.Answered(asked, inspection.answer(answer.get().toByteArray(), asked)));
  }

  /**
   * It is to be sent before it is kept: one that was lost in between is signed anew and is the same
   * exchange, and one that is kept is certainly sent.
   */
  private void send(String cloud, String name, SignedMessage query) {
    var bytes = ByteString.copyFrom(query.toBytes());
    store.enqueue(cloud, query.hash(), bytes);
    store.keep(cloud, "query/" + name, bytes);
  }
}
