package govcloud.faultlab.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of the lab's own class path that have little to do. */
public final class SmallJava {

  private SmallJava() {}

  /** Words that start a program. */
  public static List<String> words(String main, String... arguments) {
    return Stream.concat(
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-Xss256k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main),
            Stream.of(arguments))
        .toList();
  }
}
