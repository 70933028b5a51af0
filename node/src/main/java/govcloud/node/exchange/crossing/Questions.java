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
    if (kept.isEmpty() && query.isEmpty()) {
      return Optional.empty();
    }
    var asked = kept.isEmpty() ? keep(cloud, name, query.get().get()) : read(kept.get());
    if (store.kept(cloud, "sent/" + name).isEmpty()) {
      send(cloud, name, asked);
      return Optional.empty();
    }
    var answer = store.kept(cloud, BundleIntake.answerTo(asked.hash()));
    return answer.isEmpty()
        ? Optional.empty()
        : Optional.of(new CloudLink.Answered(asked, checked(answer.get(), asked)));
  }

  /**
   * A batch is read as often and as late as it is wanted while it is kept, its end as its parts.
   */
  private SignedMessage checked(ByteString answer, SignedMessage query) throws CrossingException {
    var bytes = answer.toByteArray();
    return BundleParts.areAskedForBy(query)
        ? inspection.part(bytes, query)
        : inspection.answer(bytes, query);
  }

  /**
   * One of the answers that came before the last one, in the run that this one names.
   *
   * @throws IllegalStateException when it is no longer kept
   * @throws CrossingException when it cannot be believed
   */
  CloudLink.Answered part(String cloud, CloudLink.Answered last, long number)
      throws CrossingException {
    var query = last.query();
    var run = BundleParts.run(last.answer());
    var kept =
        store
            .kept(cloud, BundleIntake.answerTo(query.hash(), run, number))
            .orElseThrow(
                () -> new IllegalStateException("part " + number + ": none (expected: kept)"));
    return new CloudLink.Answered(query, inspection.part(kept.toByteArray(), query));
  }

  private static SignedMessage read(ByteString kept) throws CrossingException {
    return SignedMessage.parse(kept.toByteArray());
  }

  /**
   * It is kept before it is sent, so that what the other cloud records is what the answer is
   * compared with; of several that ask at the same moment all send the one that was kept.
   */
  private SignedMessage keep(String cloud, String name, SignedMessage query)
      throws CrossingException {
    var first = store.keep(cloud, "query/" + name, ByteString.copyFrom(query.toBytes()));
    return first ? query : read(store.kept(cloud, "query/" + name).orElseThrow());
  }

  /** Whoever dies in between sends it again: it is the same message, and one exchange. */
  private void send(String cloud, String name, SignedMessage query) {
    store.enqueue(cloud, query.hash(), ByteString.copyFrom(query.toBytes()));
    store.keep(cloud, "sent/" + name, ByteString.EMPTY);
  }
}
