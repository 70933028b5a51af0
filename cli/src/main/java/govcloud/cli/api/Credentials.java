package govcloud.cli.api;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import govcloud.pki.request.ProgramKey;
import govcloud.pki.request.RequestSigner;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How a request shows who sends it. */
@FunctionalInterface
interface Credentials {

  /**
   * The headers that show it.
   *
   * @param digest of the body, asked for where it is needed; empty: no body
   */
  Map<String, String> headers(ApiRequest request, URI uri, Supplier<Optional<String>> digest);

  /**
   * What the text of a token file says: a program's own key signs each request, everything else is
   * shown as it is.
   *
   * @throws CommandFailure when there is a key that cannot be read
   */
  static Credentials of(String text, InstantSource clock) {
    try {
      Optional<RequestSigner> signer =
          ProgramKey.read(text).map(key -> new RequestSigner(key, new SecureRandom(), clock));
      return signer.<Credentials>map(Credentials::signing).orElse(bearer(text));
    } catch (IllegalArgumentException e) {
      throw new CommandFailure(
          ExitCode.AUTHENTICATION, "TOKEN_MISSING", "The token file is " + e.getMessage() + ".");
    }
  }

  private static Credentials bearer(String token) {
    Map<String, String> header = Map.of("Authorization", "Bearer " + token);
    return (request, uri, digest) -> header;
  }

  private static Credentials signing(RequestSigner signer) {
    return (request, uri, digest) ->
        signer.headers(request.method(), uri, request.headers(), digest.get());
  }
}
