package govcloud.localcassandra;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import govcloud.localcassandra.LocalCassandra.Durability;
import govcloud.localcassandra.LocalCassandra.Lifetime;
import govcloud.localcassandra.LocalCassandra.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LifetimeIT {
  @Test
  void parentKilledByMinusNine_cassandraEndsWithinSeconds(@TempDir Path home) throws Exception {
    Process parent = parent(home);
    try (BufferedReader out = parent.inputReader()) {
      long pid = Long.parseLong(out.readLine());
      CompletableFuture<ProcessHandle> end = ProcessHandle.of(pid).orElseThrow().onExit();
      assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);

      parent.destroyForcibly();

      assertThat(end).succeedsWithin(Duration.ofSeconds(20));
    } finally {
      parent.destroyForcibly();
    }
  }

  @Test
  void detached_stoppedByProcessId_ends(@TempDir Path home) {
    LocalCassandra cassandra =
        LocalCassandra.start(throwAway(home).withLifetime(Lifetime.DETACHED));
    Optional<ProcessHandle> process = ProcessHandle.of(cassandra.pid());
    assertThat(process).isPresent();

    LocalCassandra.stop(cassandra.pid());

    assertThat(process.get().onExit()).succeedsWithin(30, SECONDS);
  }

  @Test
  void twoSideBySide_knowNothingOfEachOther(@TempDir Path first, @TempDir Path second) {
    String keyspace =
        "CREATE KEYSPACE mine WITH replication = {'class':'NetworkTopologyStrategy','datacenter1':1}";
    try (LocalCassandra one = LocalCassandra.start(throwAway(first));
        LocalCassandra two = LocalCassandra.start(throwAway(second));
        CqlSession sessionOne = LocalCassandraIT.session(one);
        CqlSession sessionTwo = LocalCassandraIT.session(two)) {
      sessionOne.execute(keyspace);

      assertThat(sessionOne.refreshSchema().getKeyspace("mine")).isPresent();
      assertThat(sessionTwo.refreshSchema().getKeyspace("mine")).isEmpty();
      assertThat(sessionTwo.getMetadata().getNodes()).hasSize(1);
    }
  }

  @Test
  void homeInUse_secondStart_refusedByTheRunningOnesLock(@TempDir Path home) {
    try (LocalCassandra running = LocalCassandra.start(throwAway(home))) {
      assertThatThrownBy(() -> LocalCassandra.start(throwAway(home)))
          .isInstanceOf(LocalCassandraException.class)
          .hasMessageContaining(home + " is in use by another Cassandra");
      assertThat(running.isAlive()).isTrue();
    }
  }

  @Test
  void portInUse_start_namesThePort(@TempDir Path home) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () -> LocalCassandra.start(throwAway(home).withCqlPort(taken.getLocalPort())))
          .isInstanceOf(LocalCassandraException.class)
          .hasMessageStartingWith("port " + taken.getLocalPort() + ": in use (expected: free;");
    }
  }

  private static Settings throwAway(Path home) {
    return Settings.in(home).withDurability(Durability.PERIODIC);
  }

  private static Process parent(Path home) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Xmx64m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ParentMain.class.getName(),
            home.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
