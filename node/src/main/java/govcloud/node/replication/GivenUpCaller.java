package govcloud.node.replication;

import govcloud.node.tls.CloudListener;
import govcloud.replication.keys.KeyException;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.statement.ReplicaDefect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * What a caller of the replica listener is told of itself: the card of its cloud as this cloud has
 * it, where people find it, and, if its certificate is of a site that was given up, that nothing is
 * taken from it.
 */
final class GivenUpCaller {
  private static final int OK = 200;
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;

  private final SiblingCloud sibling;

  GivenUpCaller(SiblingCloud sibling) {
    this.sibling = sibling;
  }

  /**
   * The answer, if this is all that the caller gets.
   *
   * @param name what stands behind the origin in the path
   */
  Optional<HttpResponse> handle(HttpRequest request, String name) {
    if (request.method().equals(HttpMethods.GET)) {
      if (name.equals(HttpSiblingLink.CARD)) {
        return Optional.of(told(() -> sibling.succession().siblingCard().toFile()));
      }
      if (name.equals(HttpSiblingLink.ADDRESS)) {
        return Optional.of(told(this::address));
      }
    }
    return isGivenUp(request)
        ? Optional.of(
            ReplicaListener.refusal(
                CONFLICT,
                ReplicaDefect.REPLICA_SITE_FENCED.name(),
                "this site of "
                    + sibling.name()
                    + " was given up (expected: the certificate on its present card)"))
        : Optional.empty();
  }

  /** Something that lies beside the keys. */
  private interface Kept {
    byte[] bytes() throws KeyException;
  }

  private byte[] address() throws KeyException {
    return sibling.succession().siblingAddress().orElse("").getBytes(StandardCharsets.US_ASCII);
  }

  private static HttpResponse told(Kept kept) {
    try {
      return HttpResponse.create().withStatus(OK).withEntity(HttpEntities.create(kept.bytes()));
    } catch (KeyException e) {
      return ReplicaListener.refusal(UNAVAILABLE, e.defect().name(), "it cannot be read");
    }
  }

  private boolean isGivenUp(HttpRequest request) {
    return !CloudListener.certificate(request).equals(Optional.of(sibling.certificate()));
  }
}
