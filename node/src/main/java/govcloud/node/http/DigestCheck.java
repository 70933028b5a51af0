package govcloud.node.http;

import govcloud.pki.request.ContentDigest;
import govcloud.pki.request.RequestSignature;
import java.security.MessageDigest;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Holds the body of a request against the digest that it names (RFC 9530). */
final class DigestCheck {

  private DigestCheck() {}

  /**
   * The request; its body fails at the end when it is not the one of the digest. Fails with a
   * problem when the digest cannot be read.
   */
  static HttpRequest of(HttpRequest request) {
    var header = Requests.header(request, RequestSignature.DIGEST);
    var entity = request.entity();
    if (header == null || entity.isKnownEmpty()) {
      return request;
    }
    var expected = expected(header);
    var digest = ContentDigest.sha256();
    Source<ByteString, Object> bytes =
        entity
            .withoutSizeLimit()
            .getDataBytes()
            .map(
                part -> {
                  digest.update(part.toByteBuffer());
                  return part;
                })
            .concatLazy(Source.lazySource(() -> end(digest, expected)));
    var length = entity.getContentLengthOption();
    return length.isPresent()
        ? request.withEntity(
            HttpEntities.create(entity.getContentType(), length.getAsLong(), bytes))
        : request.withEntity(HttpEntities.createChunked(entity.getContentType(), bytes));
  }

  private static byte[] expected(String header) {
    try {
      return ContentDigest.parse(header);
    } catch (IllegalArgumentException e) {
      throw Problem.of(BorderCode.CONTENT_DIGEST_WRONG, e.getMessage()).asException();
    }
  }

  private static Source<ByteString, ?> end(MessageDigest digest, byte[] expected) {
    if (MessageDigest.isEqual(digest.digest(), expected)) {
      return Source.empty();
    }
    return Source.failed(
        Problem.of(
                BorderCode.CONTENT_DIGEST_WRONG,
                RequestSignature.DIGEST + ": not of this body (expected: its SHA-256)")
            .asException());
  }
}
