package govcloud.node.http;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What a node does for one operation of the contract. */
@FunctionalInterface
public interface Endpoint {

  /**
   * Answers a call whose parameters and body fit the contract. Fails with a {@link
   * ProblemException}, or with an {@code EntityFailure}, which the border turns into a problem.
   */
  CompletionStage<HttpResponse> answer(Call call);
}
