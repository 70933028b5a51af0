package govcloud.fuzz;

/** Where Jazzer comes in; the target is named by a system property. */
public final class FuzzEntry {

  static final String TARGET = "govcloud.fuzz.target";

  /** A target with a known defect, to see that findings are found. */
  static final String DEFECT = "DEFECT";

  private static final String NAME = System.getProperty(TARGET, DEFECT);

  private FuzzEntry() {}

  /** One input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    if (NAME.equals(DEFECT)) {
      defect(input);
    } else {
      Target.valueOf(NAME).take(input);
    }
  }

  private static void defect(byte[] input) {
    if (input.length > 3 && input[0] == 'G' && input[1] == 'O' && input[2] == 'V') {
      throw new IllegalStateException("the known defect");
    }
  }
}
