package govcloud.journal.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.core.Batch;
import govcloud.journal.schema.SchemaMigrations;
import govcloud.journal.schema.SchemaMode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.localcassandra.Member;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three Cassandras on loopback addresses of this test's own, one of which stops answering. */
@Tag("slow")
class PausedReplicaIT {
  private static final int READS = 60;

  @TempDir private Path folder;

  private final List<LocalCassandra> running = new ArrayList<>();

  @Test
  void frozenReplica_doesNotHoldUpReads_forTheWholeTimeOut() throws Exception {
    long pid = ProcessHandle.current().pid();
    String net = "127." + (pid / 250 % 250 + 2) + "." + (pid % 250 + 2) + ".";
    List<String> addresses = List.of(net + "1", net + "2", net + "3");
    try {
      startAll(addresses);
      CassandraSettings settings = settings(addresses);
      try (CqlSession session = CassandraSessions.open(settings)) {
        SchemaMigrations.run(session, settings, SchemaMode.MIGRATE, "test");
        var store =
            new CassandraLogStore(
                session, new PreparedLog(session, settings.keyspace()), Runnable::run);
        // The three have started at once: one may learn of the tables later than the others.
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> read(store));
        signal("-STOP", running.get(2));
        Duration slowest = Duration.ZERO;
        for (int i = 0; i < READS; i++) {
          long begin = System.nanoTime();
          read(store);
          Duration took = Duration.ofNanos(System.nanoTime() - begin);
          slowest = took.compareTo(slowest) > 0 ? took : slowest;
        }
        signal("-CONT", running.get(2));
        assertThat(slowest).isLessThan(settings.requestTimeout());
      }
    } finally {
      running.forEach(LocalCassandra::kill);
    }
  }

  private void startAll(List<String> addresses) {
    List<CompletableFuture<LocalCassandra>> starts =
        addresses.stream()
            .map(
                address ->
                    CompletableFuture.supplyAsync(
                        () ->
                            LocalCassandra.start(
                                LocalCassandra.Settings.in(folder.resolve(address))
                                    .withHeapMegabytes(256)
                                    .withStartTimeout(Duration.ofMinutes(5))
                                    .withMember(new Member(address, addresses, List.of())))))
            .toList();
    starts.forEach(start -> running.add(start.join()));
  }

  private static CassandraSettings settings(List<String> addresses) {
    return CassandraSettings.from(
        ConfigFactory.parseMap(
                Map.of(
                    "govcloud.cassandra.contact-points",
                    addresses.stream().map(address -> address + ":9042").toList(),
                    "govcloud.cassandra.keyspace",
                    "paused",
                    "govcloud.cassandra.replication",
                    "{'class': 'NetworkTopologyStrategy', 'datacenter1': 3}"))
            .withFallback(ConfigFactory.load()));
  }

  private static void read(CassandraLogStore store) throws Exception {
    var answer = new CompletableFuture<List<Batch>>();
    store.read(
        1,
        0,
        10,
        (value, failure) -> {
          if (failure == null) {
            answer.complete(value);
          } else {
            answer.completeExceptionally(failure);
          }
        });
    assertThat(answer.get(1, TimeUnit.MINUTES)).isEmpty();
  }

  private static void signal(String name, LocalCassandra cassandra)
      throws IOException, InterruptedException {
    var kill = new ProcessBuilder("kill", name, Long.toString(cassandra.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }
}
