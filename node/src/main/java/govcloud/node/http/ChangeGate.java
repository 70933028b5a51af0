package govcloud.node.http;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Stands between the border and the endpoints of all changes. */
@FunctionalInterface
public interface ChangeGate {

  /** Lets every change through to its endpoint. */
  ChangeGate OPEN = (call, endpoint) -> endpoint.answer(call);

  /**
   * Answers a change by its endpoint, earlier, or later. Fails as endpoints do.
   *
   * @param call fits the contract; its method is not GET
   * @param endpoint may be asked several times, with a call made from this one
   */
  CompletionStage<HttpResponse> pass(Call call, Endpoint endpoint);
}
