package govcloud.fuzz;

import java.util.Arrays;

/** Where Jazzer comes in; a system property says what is read. */
public final class FuzzEntry {

  static final String TARGET = "govcloud.fuzz.target";

  /** All targets by turns; the first byte of an input says which. */
  static final String ALL = "ALL";

  /** A target with a known defect, to see that findings are found. */
  static final String DEFECT = "DEFECT";

  private static final String NAME = System.getProperty(TARGET, DEFECT);

  private FuzzEntry() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    switch (NAME) {
      case DEFECT -> defect(input);
      case ALL -> one(input);
      default -> Target.valueOf(NAME).take(input);
    }
  }

  private static void one(byte[] input) throws Exception {
    if (input.length > 0) {
      var targets = Target.values();
      var target = targets[Byte.toUnsignedInt(input[0]) % targets.length];
      try {
        target.take(Arrays.copyOfRange(input, 1, input.length));
      } catch (Exception e) {
        throw new IllegalStateException(target.name(), e);
      }
    }
  }

  private static void defect(byte[] input) {
    if (input.length > 3 && input[0] == 'G' && input[1] == 'O' && input[2] == 'V') {
      throw new IllegalStateException("the known defect");
    }
  }
}
