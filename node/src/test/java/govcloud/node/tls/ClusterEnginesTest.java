package govcloud.node.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import govcloud.node.cluster.ClosedRemoting;
import govcloud.pki.DevelopmentPki;
import govcloud.pki.RefusedCertificate;
import govcloud.pki.RefusedCertificate.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.Deploy;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.event.Logging;
import org.apache.pekko.remote.DaemonMsgCreate;
import org.apache.pekko.remote.NotAllowedClassRemoteDeploymentAttemptException;
import org.apache.pekko.remote.RemoteScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who becomes a member of a cluster with certificates, on real connections. */
@Tag("slow")
class ClusterEnginesTest {

  private final List<ActorSystem<?>> systems = new ArrayList<>();
  @TempDir private Path folder;
  @TempDir private Path foreign;

  @AfterEach
  void end() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(system -> system.getWhenTerminated().toCompletableFuture().join());
  }

  /** The first lines win. */
  private ActorSystem<?> start(String... lines) {
    var all = new StringBuilder();
    for (int i = lines.length - 1; i >= 0; i--) {
      all.append(lines[i]);
    }
    var tls = Doors.open(all.toString());
    var config =
        ConfigFactory.parseString(
                """
                pekko.actor.provider = cluster
                pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                pekko.remote.artery.transport = "%s"
                pekko.cluster.jmx.multi-mbeans-in-same-jvm = on
                pekko.cluster.periodic-tasks-initial-delay = 100ms
                pekko.cluster.leader-actions-interval = 100ms
                pekko.cluster.gossip-interval = 100ms
                pekko.coordinated-shutdown.exit-jvm = off
                pekko.coordinated-shutdown.terminate-actor-system = on
                pekko.loglevel = WARNING
                """
                    .formatted(tls.cluster().isPresent() ? "tls-tcp" : "tcp"))
            .withFallback(ClosedRemoting.settings())
            .withFallback(ConfigFactory.load());
    var setup = ActorSystemSetup.create(BootstrapSetup.create(config), tls);
    ActorSystem<?> system =
        ActorSystem.create(
            Behaviors.empty(),
            "govcloud",
            tls.cluster().map(door -> setup.withSetup(ClusterEngines.of(door))).orElse(setup));
    systems.add(system);
    return system;
  }

  private ActorSystem<?> cluster() throws Exception {
    var first = start(new Doors(folder).clusterLines("node-1"));
    join(first, first);
    awaitMembers(first, 1);
    return first;
  }

  private static void join(ActorSystem<?> one, ActorSystem<?> other) {
    Cluster.get(one).manager().tell(Join.create(Cluster.get(other).selfMember().address()));
  }

  private static int members(ActorSystem<?> system) {
    int up = 0;
    for (var member : Cluster.get(system).state().getMembers()) {
      up += member.status() == MemberStatus.up() ? 1 : 0;
    }
    return up;
  }

  private static void awaitMembers(ActorSystem<?> system, int members) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(members(system)).isEqualTo(members));
  }

  @Test
  void nodeOfTheSameAuthority_joins_isAMember_whoMakesNoActorsElsewhere() throws Exception {
    var first = cluster();
    var second = start(new Doors(folder).clusterLines("node-2"));
    join(second, first);
    awaitMembers(first, 2);
    assertThat(NodeTls.of(first).reports().counts()).isEmpty();
    List<Throwable> told = new CopyOnWriteArrayList<>();
    Adapter.toClassic(first)
        .eventStream()
        .subscribe(
            Adapter.toClassic(first.systemActorOf(errors(told), "errors", Props.empty())),
            Logging.Error.class);
    deploy(second, Cluster.get(first).selfMember().address());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(told)
                    .singleElement()
                    .isInstanceOf(NotAllowedClassRemoteDeploymentAttemptException.class));
    assertThat(Planted.MADE.get()).isZero();
  }

  private static Behavior<Logging.Error> errors(List<Throwable> told) {
    return Behaviors.receiveMessage(
        error -> {
          told.add(error.cause());
          return Behaviors.same();
        });
  }

  /** An actor of a class that a node has, which another one wants to have there. */
  public static final class Planted extends AbstractActor {
    private static final AtomicInteger MADE = new AtomicInteger();

    public Planted() {
      MADE.incrementAndGet();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().build();
    }
  }

  /** As Pekko itself asks another system to make an actor. */
  private static void deploy(ActorSystem<?> from, Address to) {
    var system = Adapter.toClassic(from);
    var wish =
        new DaemonMsgCreate(
            org.apache.pekko.actor.Props.create(Planted.class),
            new Deploy(new RemoteScope(to)),
            to + "/remote/planted",
            system.deadLetters());
    system.actorSelection(to + "/remote").tell(wish, system.deadLetters());
  }

  @Test
  void nodeOfAnotherAuthority_joins_takesNoNodeOfThisOne() throws Exception {
    var first = cluster();
    var stranger = start(new Doors(foreign).clusterLines("stranger"));
    join(stranger, first);
    var told = awaitRefusal(stranger);
    assertThat(told.subject()).isEqualTo("CN=node-1");
    assertThat(told.reason()).isEqualTo(Reason.UNTRUSTED_ISSUER);
    assertThat(told.address())
        .isEqualTo("127.0.0.1:" + Cluster.get(first).selfMember().address().port().get());
    assertThat(members(first)).isEqualTo(1);
  }

  @Test
  void nodeWithForeignCertificate_joins_isNoMemberAndIsTold() throws Exception {
    var first = cluster();
    var authority = DevelopmentPki.authority(folder, DevelopmentPki.Door.CLUSTER);
    var stranger =
        start(
            "govcloud.tls.cluster.authority-file = \"%s\"\n".formatted(authority),
            new Doors(foreign).clusterLines("stranger"));
    join(stranger, first);
    var told = awaitRefusal(first);
    assertThat(told.subject()).isEqualTo("CN=stranger");
    assertThat(told.reason()).isEqualTo(Reason.UNTRUSTED_ISSUER);
    var kind = new TlsReports.Kind("cluster", Reason.UNTRUSTED_ISSUER);
    assertThat(NodeTls.of(first).reports().counts().get(kind)).isPositive();
    assertThat(members(first)).isEqualTo(1);
    assertThat(members(stranger)).isZero();
  }

  @Test
  void nodeWithoutCertificate_joins_isNoMember() throws Exception {
    var first = cluster();
    var plain = start("");
    join(plain, first);
    await()
        .during(Duration.ofSeconds(3))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(members(first)).isEqualTo(1));
    assertThat(members(plain)).isZero();
  }

  private static RefusedCertificate awaitRefusal(ActorSystem<?> system) {
    var all = new ArrayList<RefusedCertificate>();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              all.addAll(NodeTls.of(system).reports().fetch());
              assertThat(all).isNotEmpty();
            });
    return all.get(0);
  }
}
