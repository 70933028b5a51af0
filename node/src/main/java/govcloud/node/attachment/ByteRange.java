package govcloud.node.attachment;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one run of bytes that a client asks for (RFC 9110, 14.1.2).
 *
 * @param from first byte
 * @param to byte behind the last one
 */
record ByteRange(long from, long to) {

  private static final Pattern FORM = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The run that a Range header means; empty where it is absent or one that need not be understood,
   * such as several runs. Fails with a problem when nothing is there.
   */
  static Optional<ByteRange> of(Optional<String> header, long length) {
    var form = header.map(FORM::matcher).filter(matcher -> matcher.matches());
    if (form.isEmpty() || header.get().equals("bytes=-")) {
      return Optional.empty();
    }
    var first = form.get().group(1);
    var last = form.get().group(2);
    long from;
    long to = length;
    if (first.isEmpty()) {
      from = Math.max(0, length - Long.parseLong(last));
    } else {
      from = Long.parseLong(first);
      to = last.isEmpty() ? length : Math.min(length, Long.parseLong(last) + 1);
    }
    if (from >= length) {
      throw behindTheEnd(length).asException();
    }
    return from < to ? Optional.of(new ByteRange(from, to)) : Optional.empty();
  }

  private static Problem behindTheEnd(long length) {
    return Problem.of(
            BorderCode.RANGE_NOT_SATISFIABLE,
            "Range: behind the end (expected: below " + length + ")")
        .header("Content-Range", "bytes */" + length);
  }

  /** The Content-Range of the answer. */
  String header(long length) {
    return "bytes " + from + "-" + (to - 1) + "/" + length;
  }
}
