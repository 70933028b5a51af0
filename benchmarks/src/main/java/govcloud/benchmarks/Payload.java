package govcloud.benchmarks;

import java.util.Random;

/** The event that every contender stores: 330 bytes that compress like text does, to a half. */
final class Payload {

  static final int BYTES = 330;

  private Payload() {}

  static byte[] bytes() {
    var random = new Random(7);
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < BYTES; i++) {
      bytes[i] = (byte) ('a' + random.nextInt(16));
    }
    return bytes;
  }
}
