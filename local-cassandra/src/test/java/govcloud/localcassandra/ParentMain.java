package govcloud.localcassandra;

import govcloud.localcassandra.LocalCassandra.Settings;
import java.nio.file.Path;

/** A parent for Cassandra that a test can kill: starts it, prints its process id, and waits. */
final class ParentMain {
  private ParentMain() {}

  public static void main(String[] arguments) throws InterruptedException {
    LocalCassandra cassandra = LocalCassandra.start(Settings.in(Path.of(arguments[0])));
    System.out.println(cassandra.pid());
    Thread.currentThread().join();
  }
}
