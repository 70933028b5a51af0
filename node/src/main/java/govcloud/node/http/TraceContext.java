package govcloud.node.http;

import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Trace and span of a request, as W3C {@code traceparent} has them.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits, ours
 * @param flags two hexadecimal digits
 * @param nonce 32 random hexadecimal digits that the caller does not know
 */
record TraceContext(String traceId, String spanId, String flags, String nonce) {

  /** Drawn for each request. */
  static final int DIGITS = 80;

  private static final Pattern HEADER =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final String NO_TRACE = "0".repeat(32);

  /**
   * The caller's trace with a new span, or a new trace where the header is absent or not valid, as
   * the standard asks.
   *
   * <p>All of a request is drawn at once: requests of a node wait in one line for such digits.
   *
   * @param digits gives {@link #DIGITS} random hexadecimal digits that nobody can guess
   */
  static TraceContext of(String header, Supplier<String> digits) {
    var drawn = digits.get();
    var nonce = drawn.substring(0, 32);
    var span = drawn.substring(32, 48);
    var matcher = HEADER.matcher(header == null ? "" : header);
    if (matcher.matches() && !matcher.group(1).equals(NO_TRACE) && !header.startsWith("ff")) {
      return new TraceContext(matcher.group(1), span, matcher.group(3), nonce);
    }
    return new TraceContext(drawn.substring(48), span, "00", nonce);
  }

  /** The header for the answer. */
  String header() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }
}
