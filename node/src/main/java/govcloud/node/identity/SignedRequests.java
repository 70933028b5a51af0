package govcloud.node.identity;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.SignedValues;
import govcloud.node.seen.SeenMessages;
import govcloud.pki.request.RequestSignature;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;

/**
 * Requests that a program signs with its key (RFC 9421), so that nothing that lets it in ever goes
 * over the line. Each signature is good for a minute; one of a change is good once.
 */
final class SignedRequests {

  /** How far a program's clock may be from this one. */
  static final Duration CLOCK = Duration.ofSeconds(60);

  private static final Pattern KEY_ID =
      Pattern.compile("(" + Form.IDENTIFIER + ")\\.([A-Za-z0-9_-]{43})");

  /** Says for whom a request is, so it has to be signed where it is there. */
  private static final String ACTING_AS = "govcloud-acting-as";

  private final Visitors visitors;
  private final SeenMessages seen;
  private final InstantSource clock;

  SignedRequests(Visitors visitors, SeenMessages seen, InstantSource clock) {
    this.visitors = visitors;
    this.seen = seen;
    this.clock = clock;
  }

  /** Whether a request says that it is signed. */
  static boolean isOne(HttpRequest request) {
    return request.getHeader(RequestSignature.SIGNATURE).isPresent()
        || request.getHeader(RequestSignature.INPUT).isPresent();
  }

  /** Who has signed; fails with a problem. */
  CompletionStage<Visitor> visitor(HttpRequest request) {
    try {
      var values = new SignedValues(request);
      var signature =
          RequestSignature.parse(
              values.header(RequestSignature.INPUT), values.header(RequestSignature.SIGNATURE));
      requireCovered(signature, request);
      requireNow(signature);
      var key = KEY_ID.matcher(signature.keyId());
      if (!key.matches()) {
        throw wrong("keyid: not one of a program (expected: ACCOUNT.PUBLIC_KEY)");
      }
      return visitors
          .signer(key.group(1), key.group(2))
          .thenApply(visitor -> verified(visitor, signature, key.group(2), values))
          .thenCompose(visitor -> first(visitor, signature, request));
    } catch (IllegalArgumentException e) {
      return CompletableFuture.failedStage(
          Problem.of(BorderCode.REQUEST_SIGNATURE_MALFORMED, e.getMessage()).asException());
    } catch (ProblemException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  /** Whose key has signed a request that was taken before; fails with a problem. */
  CompletionStage<Visitor> again(HttpRequest request) {
    var values = new SignedValues(request);
    var keyId =
        RequestSignature.parse(
                values.header(RequestSignature.INPUT), values.header(RequestSignature.SIGNATURE))
            .keyId();
    var key = KEY_ID.matcher(keyId);
    if (!key.matches()) {
      throw wrong("keyid: not one of a program (expected: ACCOUNT.PUBLIC_KEY)");
    }
    return visitors
        .signer(key.group(1), key.group(2))
        .thenApply(
            visitor ->
                visitor.orElseThrow(
                    () -> wrong(RequestSignature.SIGNATURE + ": by a key that lets in no more")));
  }

  private static void requireCovered(RequestSignature signature, HttpRequest request) {
    for (var component : RequestSignature.NEEDED) {
      require(signature, component);
    }
    if (request.getHeader(ACTING_AS).isPresent()) {
      require(signature, ACTING_AS);
    }
    if (!request.entity().isKnownEmpty()) {
      require(signature, RequestSignature.DIGEST.toLowerCase(Locale.ROOT));
    }
  }

  private static void require(RequestSignature signature, String component) {
    if (!signature.components().contains(component)) {
      throw wrong(RequestSignature.INPUT + ": without " + component + " (expected: with it)");
    }
  }

  private void requireNow(RequestSignature signature) {
    var distance = Duration.between(signature.created(), clock.instant()).abs();
    if (distance.compareTo(CLOCK) > 0) {
      throw wrong(
          "created: %s (expected: at most %d s from %s)"
              .formatted(signature.created(), CLOCK.toSeconds(), clock.instant()));
    }
  }

  /** Whoever has no such key and whoever signs wrongly with it hear the same. */
  private static Visitor verified(
      Optional<Visitor> visitor,
      RequestSignature signature,
      String publicKey,
      SignedValues values) {
    return visitor
        .filter(one -> signature.isBy(publicKey, values::of))
        .orElseThrow(
            () ->
                wrong(RequestSignature.SIGNATURE + ": not by a key that lets in, or not of this"));
  }

  private CompletionStage<Visitor> first(
      Visitor visitor, RequestSignature signature, HttpRequest request) {
    if (request.method().equals(HttpMethods.GET)) {
      return CompletableFuture.completedStage(visitor);
    }
    return seen.isFirst(Chance.hash(signature.keyId() + " " + signature.nonce()), visitor.account())
        .thenApply(
            isFirst -> {
              if (!isFirst) {
                throw Problem.of(
                        BorderCode.REQUEST_REPLAYED,
                        "nonce: came before (expected: a request that is signed anew)")
                    .asException();
              }
              return visitor;
            });
  }

  private static ProblemException wrong(String detail) {
    return Problem.of(BorderCode.REQUEST_SIGNATURE_WRONG, detail).asException();
  }
}
