package govcloud.localcassandra;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A real Apache Cassandra 5.0 in a child JVM of its own, on the loopback address alone or as a
 * {@link Member} of a cluster. Several may run side by side. All nodes are in {@link #DATACENTER}.
 */
public final class LocalCassandra implements AutoCloseable {
  /** The name of the only datacenter, for drivers and for NetworkTopologyStrategy. */
  public static final String DATACENTER = "datacenter1";

  /** With less free space on its disk, in bytes, it does not start. */
  public static final long LEAST_FREE_BYTES = 256L << 20;

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

  private final Settings settings;
  private final Process process;
  private final InetSocketAddress contactPoint;
  private final Duration startTime;
  private final Optional<ClassArchive> archive;
  private final AtomicInteger keyspaces = new AtomicInteger();

  LocalCassandra(
      Settings settings,
      Process process,
      InetSocketAddress contactPoint,
      Duration startTime,
      Optional<ClassArchive> archive) {
    this.archive = archive;
    this.settings = settings;
    this.process = process;
    this.contactPoint = contactPoint;
    this.startTime = startTime;
  }

  /** Whether Cassandra ends together with the JVM that started it, even when that is killed. */
  public enum Lifetime {
    /** Ends within seconds after its parent, however that ends. */
    WITH_PARENT,
    /** Goes on when its parent ends; stop it by {@link LocalCassandra#stop(long)}. */
    DETACHED
  }

  /** When an acknowledged write is on the disk. */
  public enum Durability {
    /** Before it is acknowledged. */
    BATCH,
    /** Before it is acknowledged; a sync every five milliseconds is shared by all that wait. */
    GROUP,
    /** Up to ten seconds later: for data that a test throws away. */
    PERIODIC
  }

  /**
   * How to run it.
   *
   * @param home folder of data, log, passwords and certificates; created when absent
   * @param cqlPort port for clients, 0 = a free one
   * @param heapMegabytes bound of the Java heap (>= 256)
   * @param authentication whether clients need TLS with a certificate, and a password; then only
   *     {@link CassandraRole} exist, and certificates are renewed as long as this program runs
   * @param startTimeout how long a start may take until CQL answers
   * @param javaHome a JDK or JRE 17; absent = the one that runs this, or one found on the machine
   * @param member its place in a cluster; absent = alone, on the loopback address
   */
  public record Settings(
      Path home,
      int cqlPort,
      int heapMegabytes,
      boolean authentication,
      Durability durability,
      Lifetime lifetime,
      Duration startTimeout,
      Optional<Path> javaHome,
      Optional<Member> member) {
    public Settings {
      home = home.toAbsolutePath().normalize();
      Objects.requireNonNull(durability, "durability");
      Objects.requireNonNull(lifetime, "lifetime");
      Objects.requireNonNull(javaHome, "javaHome");
      Objects.requireNonNull(member, "member");
      if (cqlPort < 0 || cqlPort > 65_535) {
        throw new IllegalArgumentException(
            "cql port: " + cqlPort + " (expected: 1 to 65535, or 0 for a free one)");
      }
      if (heapMegabytes < 256) {
        throw new IllegalArgumentException("heap: " + heapMegabytes + " MiB (expected: >= 256)");
      }
      if (startTimeout.isNegative() || startTimeout.isZero()) {
        throw new IllegalArgumentException("start timeout: " + startTimeout + " (expected: > 0)");
      }
      if (authentication && member.isPresent()) {
        throw new IllegalArgumentException("authentication: true (expected: false for a member)");
      }
    }

    /** Whether it has certificates: for its clients, or for the other members. */
    boolean tls() {
      return authentication || member.flatMap(Member::pki).isPresent();
    }

    /** Durable, open to everybody, heap of 512 MiB, a free port, ends with its parent. */
    public static Settings in(Path home) {
      return new Settings(
          home,
          0,
          512,
          false,
          Durability.BATCH,
          Lifetime.WITH_PARENT,
          Duration.ofMinutes(3),
          Optional.empty(),
          Optional.empty());
    }

    public Settings withCqlPort(int port) {
      return new Settings(
          home,
          port,
          heapMegabytes,
          authentication,
          durability,
          lifetime,
          startTimeout,
          javaHome,
          member);
    }

    public Settings withHeapMegabytes(int megabytes) {
      return new Settings(
          home,
          cqlPort,
          megabytes,
          authentication,
          durability,
          lifetime,
          startTimeout,
          javaHome,
          member);
    }

    public Settings withAuthentication(boolean on) {
      return new Settings(
          home, cqlPort, heapMegabytes, on, durability, lifetime, startTimeout, javaHome, member);
    }

    public Settings withDurability(Durability how) {
      return new Settings(
          home,
          cqlPort,
          heapMegabytes,
          authentication,
          how,
          lifetime,
          startTimeout,
          javaHome,
          member);
    }

    public Settings withLifetime(Lifetime how) {
      return new Settings(
          home,
          cqlPort,
          heapMegabytes,
          authentication,
          durability,
          how,
          startTimeout,
          javaHome,
          member);
    }

    public Settings withStartTimeout(Duration timeout) {
      return new Settings(
          home,
          cqlPort,
          heapMegabytes,
          authentication,
          durability,
          lifetime,
          timeout,
          javaHome,
          member);
    }

    public Settings withJavaHome(Path java) {
      return new Settings(
          home,
          cqlPort,
          heapMegabytes,
          authentication,
          durability,
          lifetime,
          startTimeout,
          Optional.of(java),
          member);
    }

    /** One of a cluster; members have no password, so nothing else may reach their addresses. */
    public Settings withMember(Member place) {
      return new Settings(
          home,
          cqlPort,
          heapMegabytes,
          authentication,
          durability,
          lifetime,
          startTimeout,
          javaHome,
          Optional.of(place));
    }
  }

  /** Starts Cassandra and waits until it answers CQL. */
  public static LocalCassandra start(Settings settings) {
    return start(settings, progress -> {});
  }

  /**
   * Starts Cassandra, tells about once a second how far it is, and returns when it answers CQL.
   *
   * @throws LocalCassandraException when it cannot, with one sentence that says what to do
   */
  public static LocalCassandra start(Settings settings, Consumer<Progress> listener) {
    return new CassandraStart(settings, listener).run();
  }

  /**
   * The instance that all tests of this JVM share: started at the first call, without durability
   * across power cuts, deleted when the JVM ends. Tests keep apart by {@link #newKeyspaceName}.
   */
  public static LocalCassandra shared() {
    return SharedCassandra.cassandra();
  }

  /** Stops a detached Cassandra by its process id; nothing happens when it is gone already. */
  public static void stop(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
  }

  /** Where clients connect. */
  public InetSocketAddress contactPoint() {
    return contactPoint;
  }

  /** Cassandra's own log. */
  public Path log() {
    return Home.log(settings);
  }

  public Settings settings() {
    return settings;
  }

  /** The process id of the child JVM. */
  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** From the call of start to the first CQL answer. */
  public Duration startTime() {
    return startTime;
  }

  /**
   * A name no other test of this JVM uses, such as {@code journal_7}; the caller creates the
   * keyspace.
   */
  public String newKeyspaceName(String prefix) {
    return prefix + "_" + keyspaces.incrementAndGet();
  }

  /** Ends it like a power cut would: at once, without flushing. */
  public void kill() {
    process.destroyForcibly();
    waitForEnd(STOP_TIMEOUT);
  }

  /** Stops it after it has flushed; a Cassandra that does not end in time is killed. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyClosed) {
      // the process is gone, which is what we want
    }
    process.destroy();
    if (!waitForEnd(STOP_TIMEOUT)) {
      kill();
    }
    adoptArchive();
  }

  /** Whether the end in order of this one makes later starts faster. */
  boolean makesArchive() {
    return archive.isPresent() && !archive.get().exists();
  }

  private void adoptArchive() {
    if (makesArchive()) {
      try {
        archive.get().adopt(Home.madeArchive(settings));
      } catch (IOException laterStartsAreSlower) {
        // and nothing else is wrong
      }
    }
  }

  private boolean waitForEnd(Duration timeout) {
    try {
      return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
