package govcloud.node.http;

import govcloud.domain.Actor;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/** Believes whoever has the token: for tests, on this machine alone. */
public final class HeaderDoor implements Door {

  private static final Actor OPERATOR = new Actor("operator", Actor.OPERATOR);

  private final Token token;

  public HeaderDoor(Token token) {
    this.token = token;
  }

  @Override
  public CompletionStage<Guest> open(HttpRequest request) {
    requireToken(request);
    return CompletableFuture.completedStage((operation, tenant, named) -> named.orElse(OPERATOR));
  }

  @Override
  public Actor stranger(Optional<Actor> named) {
    return named.orElse(OPERATOR);
  }

  private void requireToken(HttpRequest request) {
    var header = Requests.header(request, "Authorization");
    if (header == null) {
      throw Problem.of(
              BorderCode.TOKEN_NEEDED, "Authorization: absent (expected: Bearer and the token)")
          .header("WWW-Authenticate", "Bearer realm=\"govcloud\"")
          .asException();
    }
    if (!header.regionMatches(true, 0, "Bearer ", 0, 7) || !token.is(header.substring(7).strip())) {
      throw Problem.of(
              BorderCode.TOKEN_WRONG,
              "Authorization: not the token (expected: the one that up made)")
          .header("WWW-Authenticate", "Bearer realm=\"govcloud\", error=\"invalid_token\"")
          .asException();
    }
  }
}
