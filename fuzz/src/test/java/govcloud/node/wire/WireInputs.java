package govcloud.node.wire;

import java.nio.ByteBuffer;

/** What comes on a connection, for a reader that only this package sees. */
public final class WireInputs {

  private WireInputs() {}

  /** Requests, whole and byte by byte, which must be the same. */
  public static void requests(byte[] input) {
    var whole = new RequestBytes();
    var passed = whole.follow(ByteBuffer.wrap(input));
    var single = new RequestBytes();
    var at = 0;
    while (at < input.length && single.fault() == null) {
      at += single.follow(ByteBuffer.wrap(input, at, 1));
    }
    if (passed != at || whole.fault() != single.fault() || whole.heads() != single.heads()) {
      throw new IllegalStateException("requests: others when they come byte by byte");
    }
    if (whole.fault() == null && passed != input.length) {
      throw new IllegalStateException("requests: stopped without a fault");
    }
  }
}
