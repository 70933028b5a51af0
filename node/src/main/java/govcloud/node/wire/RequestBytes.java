package govcloud.node.wire;

import java.nio.ByteBuffer;

/**
 * Follows the requests on a connection byte by byte, over any division into pieces, and says where
 * one of them may be read in two ways. It keeps a few numbers and nothing of what it has seen. What
 * is malformed without being ambiguous it leaves to the parser behind it.
 */
final class RequestBytes {

  private static final byte[] LENGTH = ascii("content-length");
  private static final byte[] CODING = ascii("transfer-encoding");
  private static final byte[] CHUNKED = ascii("chunked");
  private static final int MOST_DIGITS = 18;
  private static final int MOST_HEX_DIGITS = 15;

  /** What the next byte belongs to. */
  private enum Part {
    /** A request line, or a header's name. */
    NAME,
    /** The value of a header that is of no interest, or the rest of a request line. */
    VALUE,
    LENGTH_VALUE,
    CODING_VALUE,
    /** Behind a CR in a head. */
    LINE_END,
    BODY,
    CHUNK_LENGTH,
    CHUNK_EXTENSION,
    /** Behind the CR of a chunk's length. */
    CHUNK_BEGIN,
    CHUNK,
    /** The CR behind a chunk. */
    CHUNK_CR,
    CHUNK_LF
  }

  private Part part = Part.NAME;
  private HeadFault fault;
  private long heads;

  private boolean began;
  private boolean firstLine = true;
  private boolean trailer;
  private int column;
  private boolean mayBeLength;
  private boolean mayBeCoding;

  private boolean hasLength;
  private boolean hasCoding;
  private long length;
  private int digits;
  private int matched;
  private boolean ended;
  private long left;

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  /**
   * Follows a piece of what comes.
   *
   * @return how many of its bytes may go on: all, or those before the fault
   */
  int follow(ByteBuffer bytes) {
    var at = bytes.position();
    var end = bytes.limit();
    while (at < end && fault == null) {
      if (part == Part.BODY || part == Part.CHUNK) {
        at += pass(end - at);
      } else {
        next(bytes.get(at));
        if (fault == null) {
          at++;
        }
      }
    }
    return at - bytes.position();
  }

  /** Why nothing more may go on; null: nothing is wrong so far. */
  HeadFault fault() {
    return fault;
  }

  /** Whether a head has begun and has not ended. */
  boolean isInHead() {
    return began && !trailer && fault == null;
  }

  /** How many heads have ended. */
  long heads() {
    return heads;
  }

  private int pass(int there) {
    var passed = (int) Math.min(there, left);
    left -= passed;
    if (left == 0) {
      if (part == Part.CHUNK) {
        part = Part.CHUNK_CR;
      } else {
        beginHead();
      }
    }
    return passed;
  }

  private void next(byte b) {
    switch (part) {
      case NAME -> name(b);
      case VALUE -> value(b);
      case LENGTH_VALUE -> lengthValue(b);
      case CODING_VALUE -> codingValue(b);
      case LINE_END -> lineEnd(b);
      case CHUNK_LENGTH -> chunkLength(b);
      case CHUNK_EXTENSION -> chunkExtension(b);
      case CHUNK_BEGIN -> chunkBegin(b);
      case CHUNK_CR -> expect(b, '\r', Part.CHUNK_LF);
      case CHUNK_LF -> chunkEnd(b);
      default -> throw new IllegalStateException(part + ": not byte by byte");
    }
  }

  private void name(byte b) {
    began = true;
    if (b == '\r') {
      part = Part.LINE_END;
    } else if (b == '\n') {
      fault = HeadFault.BARE_LF;
    } else if (firstLine) {
      part = Part.VALUE;
      column = 1;
    } else if (b == ':') {
      beginValue();
    } else if (b == ' ' || b == '\t') {
      fault = column == 0 ? HeadFault.FOLDED_HEADER : HeadFault.SPACE_IN_NAME;
    } else {
      nameLetter(b);
    }
  }

  private void nameLetter(byte b) {
    var low = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    mayBeLength = mayBe(mayBeLength, LENGTH, low);
    mayBeCoding = mayBe(mayBeCoding, CODING, low);
    column++;
  }

  private boolean mayBe(boolean before, byte[] name, byte low) {
    return (before || column == 0) && column < name.length && name[column] == low;
  }

  private void beginValue() {
    if (!trailer && mayBeLength && column == LENGTH.length) {
      part = Part.LENGTH_VALUE;
      fault = hasLength ? HeadFault.LENGTH_TWICE : fault;
      hasLength = true;
    } else if (!trailer && mayBeCoding && column == CODING.length) {
      part = Part.CODING_VALUE;
      fault = hasCoding ? HeadFault.CODING_UNKNOWN : fault;
      hasCoding = true;
    } else {
      part = Part.VALUE;
    }
    if (hasLength && hasCoding && fault == null) {
      fault = HeadFault.LENGTH_AND_CODING;
    }
    column++;
    digits = 0;
    matched = 0;
    ended = false;
  }

  private void value(byte b) {
    if (b == '\r') {
      part = Part.LINE_END;
    } else if (b == '\n') {
      fault = HeadFault.BARE_LF;
    }
  }

  private void lengthValue(byte b) {
    if (b == '\r') {
      part = Part.LINE_END;
      fault = digits == 0 ? HeadFault.LENGTH_MALFORMED : fault;
    } else if (b == ' ' || b == '\t') {
      ended = digits > 0;
    } else if (b >= '0' && b <= '9' && !ended && digits < MOST_DIGITS) {
      length = length * 10 + (b - '0');
      digits++;
    } else {
      fault = b == '\n' ? HeadFault.BARE_LF : HeadFault.LENGTH_MALFORMED;
    }
  }

  private void codingValue(byte b) {
    var low = b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
    if (b == '\r') {
      part = Part.LINE_END;
      fault = matched == CHUNKED.length ? fault : HeadFault.CODING_UNKNOWN;
    } else if (b == ' ' || b == '\t') {
      ended = matched > 0;
    } else if (!ended && matched < CHUNKED.length && CHUNKED[matched] == low) {
      matched++;
    } else {
      fault = b == '\n' ? HeadFault.BARE_LF : HeadFault.CODING_UNKNOWN;
    }
  }

  private void lineEnd(byte b) {
    if (b != '\n') {
      fault = HeadFault.BARE_CR;
      return;
    }
    var empty = column == 0;
    column = 0;
    mayBeLength = false;
    mayBeCoding = false;
    part = Part.NAME;
    if (!empty) {
      firstLine = false;
    } else if (!firstLine) {
      endHead();
    }
  }

  private void endHead() {
    if (trailer) {
      beginHead();
      return;
    }
    heads++;
    if (hasCoding) {
      beginChunk();
      began = false;
    } else if (length > 0) {
      left = length;
      part = Part.BODY;
      began = false;
    } else {
      beginHead();
    }
  }

  private void beginHead() {
    part = Part.NAME;
    began = false;
    firstLine = true;
    trailer = false;
    column = 0;
    mayBeLength = false;
    mayBeCoding = false;
    hasLength = false;
    hasCoding = false;
    length = 0;
  }

  private void beginChunk() {
    part = Part.CHUNK_LENGTH;
    left = 0;
    digits = 0;
  }

  private void chunkLength(byte b) {
    var digit = Character.digit(b, 16);
    if (digit >= 0 && digits < MOST_HEX_DIGITS) {
      left = left * 16 + digit;
      digits++;
    } else if (digits == 0 || digit >= 0) {
      fault = HeadFault.CHUNK_MALFORMED;
    } else if (b == ';') {
      part = Part.CHUNK_EXTENSION;
    } else {
      expect(b, '\r', Part.CHUNK_BEGIN);
    }
  }

  private void chunkExtension(byte b) {
    if (b == '\r') {
      part = Part.CHUNK_BEGIN;
    } else if (b == '\n') {
      fault = HeadFault.BARE_LF;
    }
  }

  private void chunkBegin(byte b) {
    if (b != '\n') {
      fault = HeadFault.BARE_CR;
    } else if (left > 0) {
      part = Part.CHUNK;
    } else {
      trailer = true;
      firstLine = false;
      part = Part.NAME;
    }
  }

  private void chunkEnd(byte b) {
    expect(b, '\n', Part.CHUNK_LENGTH);
    if (fault == null) {
      beginChunk();
    }
  }

  private void expect(byte b, char expected, Part then) {
    if (b == expected) {
      part = then;
    } else {
      fault = b == '\n' ? HeadFault.BARE_LF : HeadFault.CHUNK_MALFORMED;
    }
  }
}
