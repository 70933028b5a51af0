package govcloud.node.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.AttributeKey;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * What the answer to a change rests on; travels with the answer inside the node and does not leave
 * it.
 *
 * @param tokens consistency tokens of the records; with them the answer is lost or not lost
 * @param replayed whether the change was carried out by an earlier request with the same key
 */
public record Foundation(List<String> tokens, boolean replayed) {

  private static final AttributeKey<Foundation> KEY =
      AttributeKey.create("foundation", Foundation.class);

  public Foundation {
    tokens = List.copyOf(tokens);
  }

  /** What an answer rests on, if that was said. */
  public static Optional<Foundation> of(HttpResponse response) {
    return response.getAttribute(KEY);
  }

  /** The answer, resting on this. */
  HttpResponse under(HttpResponse response) {
    return response.addAttribute(KEY, this);
  }

  /** The answer, resting on one more record. */
  public static HttpResponse also(HttpResponse response, String token) {
    var before = of(response).orElse(new Foundation(List.of(), false));
    var tokens = new ArrayList<>(before.tokens());
    tokens.add(token);
    return new Foundation(tokens, before.replayed()).under(response);
  }
}
