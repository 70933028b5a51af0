package govcloud.node.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import govcloud.domain.Actor;
import govcloud.domain.Refusal;
import govcloud.journal.HybridClock;
import govcloud.node.eventsourcing.EntityMessage.Ask;
import govcloud.node.eventsourcing.EntityMessage.Read;
import govcloud.node.eventsourcing.EntityReply.Answered;
import govcloud.node.eventsourcing.EntityReply.Failed;
import govcloud.node.eventsourcing.EntityReply.Why;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProviderSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AggregateEntityTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Actor CLERK = new Actor("li", "clerk");
  private static final AggregateTypes TYPES = new AggregateTypes(List.of(Counter.kind()));

  private static ActorSystem<Void> system;
  private static ActorTestKit testKit;

  private volatile Optional<Refusal> permit = Optional.empty();
  private volatile Optional<Closing> closed = Optional.empty();
  private final DamageRegister damage = new DamageRegister("node-1", CLOCK);
  private final TestProbe<Object> passivated = testKit.createTestProbe();
  private final TestJournal journal = new TestJournal();
  private final EntityEnvironment environment =
      new EntityEnvironment(
          CLOCK,
          new HybridClock(CLOCK),
          new WritePermit() {
            @Override
            public Optional<Refusal> refusal() {
              return permit;
            }

            @Override
            public Optional<Closing> closed(String tenant) {
              return tenant.equals("closed") ? closed : Optional.empty();
            }
          },
          damage,
          journal,
          Duration.ofMillis(100),
          Duration.ofMillis(200));

  @BeforeAll
  static void start() {
    var config =
        ConfigFactory.parseString(
                """
                pekko.persistence.journal.plugin = test-journal
                test-journal.class = govcloud.node.eventsourcing.FaultyJournal
                test-journal.plugin-dispatcher = pekko.actor.default-dispatcher
                pekko.persistence.snapshot-store.plugin = pekko.persistence.no-snapshot-store
                pekko.loglevel = OFF
                """)
            .withFallback(ConfigFactory.load());
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "AggregateEntityTest",
            ActorSystemSetup.create(
                org.apache.pekko.actor.BootstrapSetup.create(config),
                JacksonObjectMapperProviderSetup.create(new DomainJackson(TYPES)),
                TYPES));
    testKit = ActorTestKit.create(system);
  }

  @AfterAll
  static void stop() {
    testKit.shutdownTestKit();
  }

  private ActorRef<EntityMessage> start(String id) {
    return testKit.spawn(
        EntitySharding.guarded(
            id, Counter.kind(), environment, () -> passivated.ref().tell("make room")));
  }

  private EntityReply ask(ActorRef<EntityMessage> entity, String id, Request<?> request) {
    var probe = testKit.createTestProbe(EntityReply.class);
    entity.tell(new Ask(id, request, 0, probe.ref()));
    return probe.receiveMessage();
  }

  @Test
  void anotherNodeWentOn_questionOrRefusal_isNotAnsweredFromMemory() {
    var id = "counter/t/overtaken";
    for (var message :
        List.<Function<ActorRef<EntityMessage>, EntityReply>>of(
            entity -> read(entity, id),
            entity -> ask(entity, id, add(-1)),
            entity -> ask(entity, id, add(0)))) {
      var entity = start(id);
      journal.ofAnotherNode = 1;
      assertThat(failure(message.apply(entity)).why()).isEqualTo(Why.NOT_STORED);
      passivated.expectMessage("make room");
      testKit.stop(entity);
      journal.ofAnotherNode = 0;
    }
    assertThat(answer(read(start(id), id)).version()).isZero();
  }

  @Test
  void sliceLost_asked_saysThatNothingIsKnown() {
    var id = "counter/t/lost-slice";
    var entity = start(id);
    journal.unreachable = true;
    assertThat(failure(read(entity, id)).why()).isEqualTo(Why.NOT_STORED);
    journal.unreachable = false;
    assertThat(answer(read(entity, id)).version()).isZero();
  }

  @Test
  void stoppedWhileTheLogIsLookedAt_whoWaits_hearsAtOnce() {
    var id = "counter/t/stopped";
    var entity = start(id);
    var probe = testKit.createTestProbe(EntityReply.class);
    journal.silent = true;
    entity.tell(new Read(id, probe.ref()));
    probe.expectNoMessage();
    testKit.stop(entity);
    assertThat(failure(probe.receiveMessage()).why()).isEqualTo(Why.NOT_STORED);
    journal.silent = false;
  }

  private EntityReply read(ActorRef<EntityMessage> entity, String id) {
    var probe = testKit.createTestProbe(EntityReply.class);
    entity.tell(new Read(id, probe.ref()));
    return probe.receiveMessage();
  }

  private static Request<Counter.Command> add(int amount) {
    return Request.of(new Counter.Add(amount), CLERK);
  }

  private static Answer<?> answer(EntityReply reply) {
    assertThat(reply).isInstanceOf(Answered.class);
    return ((Answered) reply).answer();
  }

  private static Failed failure(EntityReply reply) {
    assertThat(reply).isInstanceOf(Failed.class);
    return (Failed) reply;
  }

  @Test
  void empty_read_answersVersionZero() {
    var id = "counter/t/empty";
    var answer = answer(read(start(id), id));
    assertThat(answer.exists()).isFalse();
    assertThat(answer.state()).isEqualTo(new Counter.State(0));
    assertThat(answer.consistencyToken()).isEqualTo("0-7");
  }

  @Test
  void any_acceptedCommand_isThereAfterARestart() {
    var id = "counter/t/kept";
    var entity = start(id);
    assertThat(answer(ask(entity, id, add(2))).version()).isEqualTo(1);
    assertThat(answer(ask(entity, id, add(3))).state()).isEqualTo(new Counter.State(5));
    testKit.stop(entity);
    var again = answer(read(start(id), id));
    assertThat(again.state()).isEqualTo(new Counter.State(5));
    assertThat(again.version()).isEqualTo(2);
    assertThat(again.at()).isEqualTo(NOW);
  }

  @Test
  void any_refusedCommand_changesNothing() {
    var id = "counter/t/refused";
    var entity = start(id);
    var answer = answer(ask(entity, id, add(-1)));
    assertThat(answer.refused().orElseThrow().code()).isEqualTo("NEGATIVE");
    assertThat(answer(read(entity, id)).version()).isZero();
  }

  @Test
  void any_commandWithoutEvents_isAcceptedAndNotStored() {
    var id = "counter/t/nothing";
    var answer = answer(ask(start(id), id, add(0)));
    assertThat(answer.accepted()).isTrue();
    assertThat(answer.version()).isZero();
  }

  @Test
  void siteGivenUp_command_isRefusedAlsoWhenRepeated_andReadingGoesOn() {
    var id = "counter/t/fenced";
    var entity = start(id);
    var kept = add(1).withKey("k", "h");
    assertThat(answer(ask(entity, id, kept)).accepted()).isTrue();
    permit = Optional.of(RequestRefusal.siteFenced("harbour", 1, 2, Optional.empty()));
    for (var request : List.of(add(1), kept, add(1).dryRun(true))) {
      var answer = answer(ask(entity, id, request));
      assertThat(answer.refused().orElseThrow().code()).isEqualTo("SITE_FENCED");
      assertThat(answer.version()).isEqualTo(1);
    }
    assertThat(answer(read(entity, id)).state()).isEqualTo(new Counter.State(1));
  }

  @Test
  void tenantStillToBeProved_asked_storesNothing_untilItIsOpen() {
    var id = "counter/closed/c";
    var entity = start(id);
    for (var reason : Closing.Reason.values()) {
      closed = Optional.of(new Closing(reason, "closed: place 2 of 3"));
      for (var request : List.of(add(1), add(1).dryRun(true))) {
        var failure = failure(ask(entity, id, request));
        assertThat(failure.why().name()).isEqualTo(reason.name());
        assertThat(failure.message()).isEqualTo("closed: place 2 of 3");
      }
    }
    assertThat(answer(ask(start("counter/other/c"), "counter/other/c", add(1))).version())
        .isEqualTo(1);
    assertThat(answer(read(entity, id)).version()).isZero();
    closed = Optional.empty();
    assertThat(answer(ask(entity, id, add(1))).version()).isEqualTo(1);
  }

  @Test
  void tenantStillToBeProved_entityStarted_isNotRead_andMakesRoom() {
    var id = "counter/closed/unread";
    assertThat(answer(ask(start(id), id, add(1))).version()).isEqualTo(1);
    for (var reason : List.of(Closing.Reason.TENANT_WAITING, Closing.Reason.TENANT_DAMAGED)) {
      closed = Optional.of(new Closing(reason, "closed: place 2 of 3"));
      var unread = start(id);
      passivated.expectMessage("make room");
      closed = Optional.empty();
      assertThat(failure(read(unread, id)).why().name()).isEqualTo(reason.name());
      assertThat(failure(ask(unread, id, add(1))).why().name()).isEqualTo(reason.name());
    }
    assertThat(answer(read(start(id), id)).version()).isEqualTo(1);
  }

  @Test
  void any_dryRun_tellsTheOutcomeAndStoresNothing() {
    var id = "counter/t/dry";
    var entity = start(id);
    var answer = answer(ask(entity, id, add(4).dryRun(true)));
    assertThat(answer.state()).isEqualTo(new Counter.State(4));
    assertThat(answer(read(entity, id)).version()).isZero();
  }

  @Test
  void keyUsed_sameRequest_getsTheSameReceiptEvenAfterARestart() {
    var id = "counter/t/key";
    var entity = start(id);
    var first = answer(ask(entity, id, add(1).withKey("k", "h")));
    assertThat(answer(ask(entity, id, add(9))).version()).isEqualTo(2);
    testKit.stop(entity);
    var again = answer(ask(start(id), id, add(1).withKey("k", "h")));
    assertThat(again.replayed()).isTrue();
    assertThat(again.version()).isEqualTo(first.version());
    assertThat(again.status()).isEqualTo(first.status()).isEqualTo("at-1");
    assertThat(again.at()).isEqualTo(first.at());
  }

  @Test
  void keyUsed_otherRequest_isRefused() {
    var id = "counter/t/reused";
    var entity = start(id);
    answer(ask(entity, id, add(1).withKey("k", "h")));
    var answer = answer(ask(entity, id, add(2).withKey("k", "other")));
    assertThat(answer.refused().orElseThrow().code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void keyUsedLongAgo_sameRequest_countsAsNew() {
    var id = "counter/t/forgotten";
    var entity = start(id);
    for (var i = 0; i <= EntityState.REMEMBERED_KEYS; i++) {
      answer(ask(entity, id, add(1).withKey("k" + i, "h")));
    }
    assertThat(answer(ask(entity, id, add(1).withKey("k0", "h"))).replayed()).isFalse();
    assertThat(answer(ask(entity, id, add(1).withKey("k2", "h"))).replayed()).isTrue();
  }

  @Test
  void versionOne_commandExpectingAnother_isRefusedWithThePresentOne() {
    var id = "counter/t/version";
    var entity = start(id);
    answer(ask(entity, id, add(1).expecting(0)));
    var refusal = answer(ask(entity, id, add(1).expecting(0))).refused().orElseThrow();
    assertThat(refusal.code()).isEqualTo("VERSION_MISMATCH");
    assertThat(refusal.details()).containsEntry("current_version", "1");
  }

  @Test
  void any_rulesFail_callerHearsAndTheEntityGoesOn() {
    var id = "counter/t/exploded";
    var entity = start(id);
    var failed = failure(ask(entity, id, Request.of(new Counter.Explode(), CLERK)));
    assertThat(failed.why()).isEqualTo(Why.BROKEN);
    assertThat(answer(ask(entity, id, add(1))).version()).isEqualTo(1);
  }

  @Test
  void any_journalRejects_callerHearsAtOnceThatNothingIsStored() {
    var id = "counter/t/rejects-once";
    var entity = start(id);
    assertThat(failure(ask(entity, id, add(1))).why()).isEqualTo(Why.NOT_STORED);
    passivated.expectMessage("make room");
    testKit.stop(entity);
    assertThat(answer(ask(start(id), id, add(1))).version()).isEqualTo(1);
  }

  @Test
  void any_outcomeUnknown_callerHearsAndARetryWithTheKeyFindsItStored() {
    var id = "counter/t/unknown-once";
    var entity = start(id);
    var request = add(1).withKey("k", "h");
    assertThat(failure(ask(entity, id, request)).why()).isEqualTo(Why.UNKNOWN);
    passivated.expectMessage("make room");
    assertThat(failure(ask(entity, id, request)).why()).isEqualTo(Why.NOT_STORED);
    testKit.stop(entity);
    var again = answer(ask(start(id), id, request));
    assertThat(again.replayed()).isTrue();
    assertThat(again.version()).isEqualTo(1);
  }

  @Test
  void journalUnreachable_command_isRefusedAtOnceAndServedLater() {
    var id = "counter/t/unreachable";
    var entity = start(id);
    assertThat(failure(ask(entity, id, add(1))).why()).isEqualTo(Why.NOT_STORED);
    passivated.expectMessage("make room");
    testKit.stop(entity);
    assertThat(answer(ask(start(id), id, add(1))).version()).isEqualTo(1);
    assertThat(damage.all()).isEmpty();
  }

  @Test
  void recordMissing_start_isDamagedAndNamesTheSequence() {
    var id = "counter/t/forgets";
    var entity = start(id);
    for (var i = 0; i < 3; i++) {
      answer(ask(entity, id, add(1)));
    }
    testKit.stop(entity);
    var suspect = start(id);
    assertThat(failure(read(suspect, id)).why()).isEqualTo(Why.NOT_STORED);
    testKit.stop(suspect);
    var failed = failure(read(start(id), id));
    assertThat(failed.why()).isEqualTo(Why.DAMAGED);
    assertThat(failed.sequence()).isEqualTo(2);
    assertThat(damage.all())
        .singleElement()
        .satisfies(found -> assertThat(found.entityId()).isEqualTo(id));
  }

  @Test
  void messages_serialized_comeBackEqual() {
    var probe = testKit.createTestProbe(EntityReply.class);
    var ask = new Ask("counter/t/a", add(1).withKey("k", "h").expecting(3), 5, probe.ref());
    var reply =
        new Answered(
            new Answer<>(
                new Counter.State(3), 1, "at-3", NOW, RequestRefusal.keyReused("k"), true, "0-1"),
            9);
    for (var message : List.of(ask, reply, new Failed(Why.UNKNOWN, 2, "time-out"))) {
      assertThat(testKit.serializationTestKit().verifySerialization(message, true))
          .isEqualTo(message);
    }
  }

  @Test
  void snapshot_serialized_comesBackEqual() throws Exception {
    var serialization = SerializationExtension.get(Adapter.toClassic(system));
    var receipt = new EntityState.Receipt("k", "h", 2, "at-3", NOW);
    var state = new EntityState<>(new Counter.State(3), 2, "ab", 5, NOW, List.of(receipt));
    var serializer = (SerializerWithStringManifest) serialization.findSerializerFor(state);
    var bytes = serializer.toBinary(state);
    assertThat(serializer.manifest(state)).startsWith("counter/");
    assertThat(serializer.fromBinary(bytes, serializer.manifest(state))).isEqualTo(state);
  }
}
