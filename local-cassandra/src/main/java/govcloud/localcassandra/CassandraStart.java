package govcloud.localcassandra;

import govcloud.localcassandra.LocalCassandra.Lifetime;
import govcloud.localcassandra.LocalCassandra.Settings;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** One start, from the settings to the first answer over CQL. */
final class CassandraStart {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int ATTEMPTS = 3;
  private static final long PROBE_MILLIS = 100;
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(10);
  private static final long MEBIBYTE = 1024L * 1024;

  private final Settings settings;
  private final Consumer<Progress> listener;
  private final StartLog log;
  private final long begin = System.nanoTime();

  CassandraStart(Settings settings, Consumer<Progress> listener) {
    this.settings = settings;
    this.listener = listener;
    this.log = new StartLog(settings);
  }

  LocalCassandra run() {
    JavaHome java = JavaHome.find(settings.javaHome());
    CassandraLibrary library = CassandraLibrary.find();
    CommandLine command = new CommandLine(settings, java, library, archive(library, java));
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(command);
      } catch (PortTakenException taken) {
        if (settings.cqlPort() != 0 || attempt == ATTEMPTS) {
          throw new LocalCassandraException(taken.getMessage(), taken);
        }
      } catch (IOException e) {
        throw new LocalCassandraException(
            settings.home() + ": " + e.getMessage() + " (expected: a folder to write to)", e);
      }
    }
  }

  /**
   * Only whoever sees the end of the JVM can take the archive it makes. Without a folder to write
   * to there is none, and starting takes a little longer.
   */
  private Optional<ClassArchive> archive(CassandraLibrary library, JavaHome java) {
    try {
      ClassArchive archive = ClassArchive.of(library, java);
      boolean useful = archive.exists() || settings.lifetime() == Lifetime.WITH_PARENT;
      return Optional.of(archive).filter(known -> useful);
    } catch (IOException notWritable) {
      return Optional.empty();
    }
  }

  private LocalCassandra attempt(CommandLine command) throws IOException {
    Files.createDirectories(settings.home());
    checkDisk();
    awaitPredecessor();
    InetSocketAddress address = address();
    int storagePort = settings.member().isPresent() ? Member.STORAGE_PORT : freePort();
    CassandraFiles.write(settings, address.getPort(), storagePort);
    log.begin();
    Process process = spawn(command);
    boolean ready = false;
    try {
      awaitAnswer(process, address);
      ready = true;
      if (settings.tls()) {
        CassandraCertificates.of(settings).renewWhile(process);
      }
      return new LocalCassandra(settings, process, address, elapsed(), command.archive());
    } finally {
      if (!ready) {
        process.destroyForcibly();
      }
    }
  }

  private InetSocketAddress address() throws IOException {
    int port = settings.cqlPort();
    if (settings.member().isPresent()) {
      String host = settings.member().get().address();
      return new InetSocketAddress(host, port == 0 ? Member.CQL_PORT : port);
    }
    return loopback(port == 0 ? freePort() : requireFree(port));
  }

  /** A Cassandra whose parent was killed is still flushing for a moment: waits for its lock. */
  private void awaitPredecessor() throws IOException {
    long start = System.nanoTime();
    while (!lockIsFree()) {
      if (System.nanoTime() - start > LOCK_PATIENCE.toNanos()) {
        throw new LocalCassandraException(
            settings.home()
                + " is in use by another Cassandra (expected: stopped; stop it or choose another"
                + " home)");
      }
      pause();
    }
  }

  private boolean lockIsFree() throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                Home.lock(settings), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    }
  }

  private Process spawn(CommandLine command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command.words());
    builder.directory(settings.home().toFile());
    builder.redirectErrorStream(true).redirectOutput(Home.console(settings).toFile());
    if (settings.lifetime() == Lifetime.DETACHED) {
      builder.redirectInput(new File("/dev/null"));
    }
    return builder.start();
  }

  private void awaitAnswer(Process process, InetSocketAddress address) {
    Optional<SSLContext> tls =
        settings.authentication()
            ? Optional.of(CassandraCertificates.of(settings).client())
            : Optional.empty();
    long told = -1;
    while (!CqlProbe.answers(address, tls)) {
      if (!process.isAlive()) {
        throw log.failure(process.exitValue());
      }
      if (elapsed().compareTo(settings.startTimeout()) > 0) {
        throw new LocalCassandraException(
            "Cassandra: no answer on port %d after %d s (expected: within %d s; it was %s, see %s)"
                .formatted(
                    address.getPort(),
                    elapsed().toSeconds(),
                    settings.startTimeout().toSeconds(),
                    log.activity(),
                    Home.log(settings)));
      }
      if (elapsed().toSeconds() > told) {
        told = elapsed().toSeconds();
        listener.accept(new Progress(elapsed(), log.activity()));
      }
      pause();
    }
    listener.accept(new Progress(elapsed(), "ready"));
  }

  private void pause() {
    try {
      Thread.sleep(PROBE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalCassandraException("Cassandra: start interrupted", e);
    }
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void checkDisk() throws IOException {
    long free = Files.getFileStore(settings.home()).getUsableSpace();
    if (free < LocalCassandra.LEAST_FREE_BYTES) {
      throw new LocalCassandraException(
          "disk of %s: %d MiB free (expected: >= %d MiB; make room and start again)"
              .formatted(
                  settings.home(), free / MEBIBYTE, LocalCassandra.LEAST_FREE_BYTES / MEBIBYTE));
    }
  }

  private static InetSocketAddress loopback(int port) throws IOException {
    return new InetSocketAddress(InetAddress.getByAddress("127.0.0.1", LOOPBACK), port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(loopback(0));
      return socket.getLocalPort();
    }
  }

  private static int requireFree(int port) throws PortTakenException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(loopback(port));
      return port;
    } catch (IOException taken) {
      throw new PortTakenException(
          "port %d: in use (expected: free; stop what listens there or choose another port)"
              .formatted(port));
    }
  }
}
