package govcloud.node.http;

import govcloud.domain.Actor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Lets requests in or keeps them out: who asks, and may that one ask for this? */
public interface Door {

  /** Somebody who is known; what he may do is another question. */
  @FunctionalInterface
  interface Guest {

    /**
     * Who acts in an operation.
     *
     * @param operation the id of the operation in the contract
     * @param tenant the department that the path names
     * @param named whom the request names as the one who acts
     * @throws ProblemException when that one may not
     */
    Actor enter(String operation, Optional<String> tenant, Optional<Actor> named);
  }

  /** Who asks; fails with a {@link ProblemException} when nobody knows. */
  CompletionStage<Guest> open(HttpRequest request);

  /**
   * Who asks, once more, while the answer to {@code request} still goes on; fails with a {@link
   * ProblemException} when that one would not be let in any more. What goes on by itself, as a
   * stream of events does, is no use of a session; a file that somebody fetches is one as long as
   * it takes. What is good for one request alone is not asked for again.
   */
  default CompletionStage<Guest> again(HttpRequest request) {
    return open(request);
  }

  /**
   * Completes while the token of the installation lets somebody in, and so what is derived from it;
   * fails with a {@link ProblemException} when it does not.
   */
  default CompletionStage<?> installation(Token token) {
    return CompletableFuture.completedStage(null);
  }

  /** Who acts in an operation that is open to everybody. */
  Actor stranger(Optional<Actor> named);
}
