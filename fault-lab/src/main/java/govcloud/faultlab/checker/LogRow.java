package govcloud.faultlab.checker;

import java.util.UUID;

/**
 * A row of the table {@code log} as Cassandra gave it.
 *
 * @param slice which log
 * @param bucket partition within the slice
 * @param offset in the slice
 * @param incarnation the host that wrote it
 * @param nonce the host's count
 * @param encoding 0 plain, 1 Zstandard
 * @param content as stored, in Base64
 */
public record LogRow(
    int slice,
    long bucket,
    long offset,
    UUID incarnation,
    long nonce,
    int encoding,
    String content) {

  /** The same row with other content, plain. */
  LogRow withContent(byte[] bytes) {
    return new LogRow(slice, bucket, offset, incarnation, nonce, 0, Bytes.text(bytes));
  }

  /** The same row at another place. */
  LogRow at(long otherOffset) {
    return new LogRow(
        slice, otherOffset / 1024, otherOffset, incarnation, nonce, encoding, content);
  }

  /** The same row in the name of another host. */
  LogRow by(UUID other, long otherNonce) {
    return new LogRow(slice, bucket, offset, other, otherNonce, encoding, content);
  }
}
