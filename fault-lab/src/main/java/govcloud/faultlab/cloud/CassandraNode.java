package govcloud.faultlab.cloud;

import govcloud.localcassandra.LocalCassandra;
import govcloud.localcassandra.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One Cassandra of the cluster, on a disk of its own. */
public final class CassandraNode {

  private static final int HEAP_MEGABYTES = 256;

  private final String name;
  private final LocalCassandra.Settings settings;
  private volatile LocalCassandra running;

  CassandraNode(String name, Member member, Path disk) {
    this.name = name;
    this.settings =
        LocalCassandra.Settings.in(disk.resolve("cassandra"))
            .withHeapMegabytes(HEAP_MEGABYTES)
            .withStartTimeout(Duration.ofMinutes(5))
            .withMember(member);
  }

  /** Which of them. */
  public String name() {
    return name;
  }

  /** Its address for clients and the others. */
  public String address() {
    return settings.member().map(Member::address).orElseThrow();
  }

  /** Starts it and waits until it answers. */
  public void start() {
    if (!isAlive()) {
      running = LocalCassandra.start(settings);
    }
  }

  /** The process id of its JVM. */
  public long pid() {
    return running.pid();
  }

  /** Whether its process runs or is paused. */
  public boolean isAlive() {
    return running != null && running.isAlive();
  }

  /** Kills it at once. */
  public void kill() {
    running.kill();
  }

  /** What is worth keeping when a run fails. */
  public List<Path> logs() {
    return List.of(
        settings.home().resolve("cassandra.log"), settings.home().resolve("console.log"));
  }
}
