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

  private static final Pattern HEADER =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
  private static final String NO_TRACE = "0".repeat(32);

  /**
   * The caller's trace with a new span, or a new trace where the header is absent or not valid, as
   * the standard asks.
   *
   * @param digits gives 32 random hexadecimal digits
   */
  static TraceContext of(String header, Supplier<String> digits) {
    var matcher = HEADER.matcher(header == null ? "" : header);
    if (matcher.matches() && !matcher.group(1).equals(NO_TRACE) && !header.startsWith("ff")) {
      return new TraceContext(
          matcher.group(1), digits.get().substring(0, 16), matcher.group(3), digits.get());
    }
    return new TraceContext(digits.get(), digits.get().substring(0, 16), "00", digits.get());
  }

  /** The header for the answer. */
  String header() {
    return "00-" + traceId + "-" + spanId + "-" + flags;
  }
}
