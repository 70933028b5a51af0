package govcloud.node.exchange.crossing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What clouds say to each other of recalls. A cloud whose departments receive data from another one
 * asks it again and again what was recalled, and says what they have done about it, until nothing
 * is open any more. So the cloud that has the data needs no way to the other one, and whoever was
 * away hears of it when it is back.
 */
public final class RecallLine {

  private static final String MODE = "recalls";
  private static final String ACKNOWLEDGEMENTS = "/acknowledgements";

  private final KnownClouds clouds;
  private final CloudLink link;
  private final Supplier<String> nonces;
  private final Duration patience;
  private final InstantSource clock;
  private volatile Desk desk =
      (cloud, body) ->
          CompletableFuture.failedStage(new IllegalStateException("recalls: not there yet"));

  /** Tells a cloud what is open for its departments. */
  @FunctionalInterface
  public interface Desk {
    /**
     * What is told, to be signed.
     *
     * @param cloud who asks
     * @param body of its message
     */
    CompletionStage<ObjectNode> answer(KnownCloud cloud, ObjectNode body);
  }

  /**
   * A line on which nobody answers yet.
   *
   * @param nonces random digits
   * @param patience how long a cloud may take for an answer
   */
  public RecallLine(
      KnownClouds clouds,
      CloudLink link,
      Supplier<String> nonces,
      Duration patience,
      InstantSource clock) {
    this.clouds = clouds;
    this.link = link;
    this.nonces = nonces;
    this.patience = patience;
    this.clock = clock;
  }

  /** Who answers from now on. */
  public void answerWith(Desk one) {
    desk = one;
  }

  /** Names of the clouds that can be asked; behind gateways nobody is. */
  public List<String> askable() {
    return clouds.all().stream()
        .filter(cloud -> !cloud.addresses().isEmpty())
        .map(KnownCloud::name)
        .toList();
  }

  /**
   * Asks a cloud.
   *
   * @return the body of its answer; fails when there is none, when it cannot be believed, and when
   *     it is a refusal
   */
  public CompletionStage<ObjectNode> ask(String cloud, ObjectNode body) {
    return link.look(cloud, () -> query(cloud, body), clock.instant().plus(patience))
        .thenCompose(
            answered -> {
              var answer = answered.answer();
              return answer.text("/refusal/code").isEmpty()
                  ? CompletableFuture.completedStage(answer.body())
                  : CompletableFuture.failedStage(
                      new IOException(
                          answer.text("/refusal/code") + ": " + answer.text("/refusal/detail")));
            });
  }

  private SignedMessage query(String cloud, ObjectNode body) {
    var nonce = nonces.get();
    var head =
        new Head(
            Head.QUERY,
            clouds.own(),
            cloud,
            nonce,
            clock.instant().toString(),
            nonce,
            "",
            "",
            "",
            "");
    return SignedMessage.sign(head, body.deepCopy().put("mode", MODE), clouds.signer().current());
  }

  /** Whether a message asks about recalls. */
  public static boolean isOne(SignedMessage query) {
    return query.text("/mode").equals(MODE);
  }

  /** Whether it only looks, and says nothing of what was done. */
  static boolean isLook(SignedMessage query) {
    return isOne(query) && query.body().at(ACKNOWLEDGEMENTS).isEmpty();
  }

  /** What is told to a cloud that asks, to be signed; fails when nothing can be told. */
  public CompletionStage<ObjectNode> answer(SignedMessage query) {
    return clouds
        .find(query.head().sender())
        .map(cloud -> desk.answer(cloud, query.body()))
        .orElseThrow();
  }
}
