package govcloud.node.wire;

/**
 * Why the bytes of a connection are not let through. All of it is read in more than one way by
 * programs on the way (request smuggling), or holds a connection for nothing.
 */
public enum HeadFault {
  /** A line that ends without a carriage return. */
  BARE_LF("a line ends with LF alone (expected: CR LF)"),
  /** A carriage return that ends no line. */
  BARE_CR("a CR without LF (expected: CR LF)"),
  /** A header that goes on in the next line (obs-fold). */
  FOLDED_HEADER("a header that goes on in the next line (expected: one line)"),
  /** White space between a header's name and the colon, or in the name. */
  SPACE_IN_NAME("white space in the name of a header (expected: none)"),
  /** More than one length, be they equal or not. */
  LENGTH_TWICE("Content-Length twice (expected: once)"),
  /** A length that is no number. */
  LENGTH_MALFORMED("Content-Length: no number (expected: 0 to 999999999999999999)"),
  /** Another coding than in chunks alone, or one twice. */
  CODING_UNKNOWN("Transfer-Encoding: not understood (expected: chunked, once)"),
  /** A length and a coding that has its own. */
  LENGTH_AND_CODING("Content-Length and Transfer-Encoding (expected: one of them)"),
  /** The length of a chunk is no number, or too large. */
  CHUNK_MALFORMED("the length of a chunk is no hexadecimal number (expected: up to 15 digits)"),
  /** The head has begun and does not end. */
  HEAD_TOO_SLOW("the head of the request did not arrive in time");

  private final String detail;

  HeadFault(String detail) {
    this.detail = detail;
  }

  /** The same in words. */
  public String detail() {
    return detail;
  }
}
