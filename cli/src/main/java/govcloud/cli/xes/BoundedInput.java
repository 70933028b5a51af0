package govcloud.cli.xes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Ends reading when one tag or text grows past a limit, before the XML parser has it in memory. A
 * tag's or text's end is seen by the next {@code <}, which well-formed XML cannot have inside.
 */
final class BoundedInput extends FilterInputStream {
  private final int limit;
  private int stretch;

  BoundedInput(InputStream input, int limit) {
    super(input);
    this.limit = limit;
  }

  /** Thrown through the parser, which wraps it. */
  static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    TooLarge(int limit) {
      super("a single tag or text is larger than " + limit + " bytes");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count = super.read(bytes, offset, length);
    for (int i = 0; i < count; i++) {
      stretch = bytes[offset + i] == '<' ? 0 : stretch + 1;
      if (stretch > limit) {
        throw new TooLarge(limit);
      }
    }
    return count;
  }
}
