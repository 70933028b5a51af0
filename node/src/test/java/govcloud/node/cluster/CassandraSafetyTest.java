package govcloud.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Statement;
import com.datastax.oss.driver.api.core.loadbalancing.NodeDistance;
import com.datastax.oss.driver.api.core.metadata.EndPoint;
import com.datastax.oss.driver.api.core.metadata.Metadata;
import com.datastax.oss.driver.api.core.metadata.Node;
import com.datastax.oss.driver.api.core.metadata.NodeState;
import govcloud.node.cluster.CassandraSafety.Unsafe;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CassandraSafetyTest {

  @Test
  void syncedCommitLog_andTheNewPaxos_areSafe() {
    for (String sync : new String[] {"batch", "group", "BATCH"}) {
      assertThat(CassandraSafety.judge("c1", Map.of("commitlog_sync", sync, "paxos_variant", "v2")))
          .isEmpty();
    }
  }

  @Test
  void whatCassandraHasByDefault_isNot() {
    assertThat(
            CassandraSafety.judge(
                "c1", Map.of("commitlog_sync", "periodic", "paxos_variant", "v1")))
        .containsExactly(
            new Unsafe("c1", "commitlog_sync", "periodic", "batch or group"),
            new Unsafe("c1", "paxos_variant", "v1", "v2"));
  }

  @Test
  void oneThatIsFrozen_isAskedForASecond_andTheOthersAreTold() throws Exception {
    Map<String, Duration> patience = new TreeMap<>();
    CqlSession session =
        proxy(
            CqlSession.class,
            method -> method.equals("getMetadata") ? metadata() : null,
            statement -> {
              String node = statement.getNode().getEndPoint().toString();
              patience.put(node, statement.getTimeout());
              return node.equals("frozen")
                  ? CompletableFuture.failedFuture(new DriverTimeoutException("no answer"))
                  : CompletableFuture.completedFuture(
                      proxy(AsyncResultSet.class, asked -> List.of(), none -> null));
            });
    List<Unsafe> found = new CassandraSafety(session).look().toCompletableFuture().get();
    assertThat(found).extracting(Unsafe::cassandra).containsOnly("c1");
    assertThat(patience)
        .containsOnlyKeys("c1", "frozen")
        .allSatisfy((node, time) -> assertThat(time).isLessThanOrEqualTo(Duration.ofSeconds(1)));
  }

  private static Metadata metadata() {
    Map<UUID, Node> nodes = new HashMap<>();
    for (String name : List.of("c1", "frozen")) {
      EndPoint address = proxy(EndPoint.class, asked -> name, none -> null);
      Map<String, Object> answers =
          Map.of(
              "getState", NodeState.UP,
              "getDistance", NodeDistance.LOCAL,
              "getEndPoint", address);
      nodes.put(UUID.randomUUID(), proxy(Node.class, answers::get, none -> null));
    }
    return proxy(Metadata.class, asked -> nodes, none -> null);
  }

  private static <T> T proxy(
      Class<T> type, Function<String, Object> answers, Function<Statement<?>, Object> executed) {
    return type.cast(
        Proxy.newProxyInstance(
            CassandraSafetyTest.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, values) ->
                method.getName().equals("executeAsync")
                    ? executed.apply((Statement<?>) values[0])
                    : answers.apply(method.getName())));
  }

  @Test
  void settingThatIsNotThere_isNotTrusted() {
    assertThat(CassandraSafety.judge("c1", Map.of("commitlog_sync", "batch")))
        .containsExactly(new Unsafe("c1", "paxos_variant", "not there", "v2"));
  }
}
