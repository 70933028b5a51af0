package govcloud.node.exchange;

import govcloud.domain.exchange.ExchangeRefusal;
import govcloud.domain.sharing.CanonicalJson;
import govcloud.node.exchange.crossing.CloudFile;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file as it comes from another cloud. Its last piece is held back until all of it has the digest
 * that was recorded: a wrong one ends early, and so is never taken for whole.
 */
final class ArrivingFile {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivingFile.class);

  private final MessageDigest digest = CanonicalJson.sha256();
  private final String expected;
  private final long length;
  private final String agreement;
  private long received;
  private ByteString held = ByteString.emptyByteString();

  private ArrivingFile(String expected, long length, String agreement) {
    this.expected = expected;
    this.length = length;
    this.agreement = agreement;
  }

  /**
   * The bytes, as far as they may be given on.
   *
   * @param from of which byte on they come; only from the first one on can they be compared
   * @param expected lower-case hexadecimal SHA-256 of all of it
   */
  static Source<ByteString, NotUsed> of(
      CloudFile sent, long from, String expected, String agreement) {
    var bytes = sent.bytes().onErrorComplete(failure -> isToldOf(failure, agreement));
    return from > 0
        ? bytes
        : bytes
            .statefulMap(
                () -> new ArrivingFile(expected, sent.length(), agreement),
                (state, next) -> Pair.create(state, state.next(next)),
                ArrivingFile::last)
            .filter(piece -> !piece.isEmpty());
  }

  /** Here it is an end before the end; the other cloud may know more. */
  private static boolean isToldOf(Throwable failure, String agreement) {
    LOG.warn("{}: a file does not go on: {}", agreement, failure.toString());
    return true;
  }

  private ByteString next(ByteString piece) {
    digest.update(piece.asByteBuffer());
    received += piece.size();
    var before = held;
    held = piece;
    return before;
  }

  private Optional<ByteString> last() {
    if (received < length) {
      LOG.info("a file under {}: {} of {} bytes went through", agreement, received, length);
      return Optional.empty();
    }
    var found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(expected)) {
      LOG.error(
          "{}: a file under {} has digest {} (expected: {}, as it was recorded)",
          ExchangeRefusal.EXCHANGE_CLOUD_ANSWER_WRONG,
          agreement,
          found,
          expected);
      return Optional.empty();
    }
    return Optional.of(held);
  }
}
