package govcloud.recovery.drill;

import java.nio.file.Files;
import java.nio.file.Path;

/** A drill that has data and a process, says its number, and works for ever. */
final class WorkingMain {
  static final int BYTES = 1000;

  private WorkingMain() {}

  /** Works in a folder of drills. */
  @SuppressWarnings("SystemOut") // how it speaks to the test
  public static void main(String[] arguments) throws Exception {
    DrillWork place = DrillWork.take(Path.of(arguments[0])).orElseThrow();
    Files.write(place.folder("cassandra").resolve("data"), new byte[BYTES]);
    Process child = new ProcessBuilder("sleep", "600").start();
    place.note(child.toHandle());
    System.out.println(child.pid());
    child.waitFor();
  }
}
