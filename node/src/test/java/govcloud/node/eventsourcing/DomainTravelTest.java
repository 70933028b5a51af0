package govcloud.node.eventsourcing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.typesafe.config.ConfigFactory;
import govcloud.domain.Actor;
import govcloud.domain.contract.AccountFixture;
import govcloud.domain.contract.AggregateFixture;
import govcloud.domain.contract.AggregateWalk;
import govcloud.domain.contract.AgreementFixture;
import govcloud.domain.contract.AppInstanceFixture;
import govcloud.domain.contract.AuditFixture;
import govcloud.domain.contract.CaseFixture;
import govcloud.domain.contract.CorrectionFixture;
import govcloud.domain.contract.ExchangeFixture;
import govcloud.domain.contract.LedgerFixture;
import govcloud.domain.contract.NoticeDeferralFixture;
import govcloud.domain.contract.ObjectionFixture;
import govcloud.domain.contract.OperationFixture;
import govcloud.domain.contract.RecallFixture;
import govcloud.domain.contract.ResourceFixture;
import govcloud.domain.contract.Samples;
import govcloud.domain.contract.SubjectFixture;
import govcloud.domain.contract.TenantFixture;
import govcloud.protobuf.journal.CommitCodec;
import govcloud.protobuf.journal.CommitCodecs;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.actor.BootstrapSetup;
import org.apache.pekko.actor.setup.ActorSystemSetup;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProviderSetup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command and every state of the domain reaches another node as it left. */
class DomainTravelTest {

  private static final List<AggregateFixture<?, ?, ?>> FIXTURES =
      List.of(
          new TenantFixture(),
          new AppInstanceFixture(),
          new CaseFixture(),
          new OperationFixture(),
          new AccountFixture(),
          new AuditFixture(),
          new ResourceFixture(),
          new AgreementFixture(),
          new LedgerFixture(),
          new ExchangeFixture(),
          new ObjectionFixture(),
          new RecallFixture(),
          new NoticeDeferralFixture(),
          new CorrectionFixture(),
          new SubjectFixture());

  private static ActorSystem<Void> system;
  private static ObjectMapper mapper;

  static Stream<AggregateFixture<?, ?, ?>> fixtures() {
    return FIXTURES.stream();
  }

  @BeforeAll
  static void start() {
    var types =
        new AggregateTypes(
            FIXTURES.stream().<AggregateType<?, ?, ?>>map(DomainTravelTest::type).toList());
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
            "DomainTravelTest",
            ActorSystemSetup.create(
                BootstrapSetup.create(config),
                JacksonObjectMapperProviderSetup.create(new DomainJackson(types)),
                types));
    mapper =
        JacksonObjectMapperProvider.get(system)
            .getOrCreate("jackson-cbor", Optional.of(new CBORFactory()));
  }

  @AfterAll
  static void stop() {
    ActorTestKit.shutdown(system);
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void anyCommand_sent_arrives(AggregateFixture<?, ?, ?> fixture) throws IOException {
    for (var seed = 1L; seed <= 50; seed++) {
      for (var command : new Samples(seed).ofEach(fixture.commandType())) {
        Request<?> request = Request.of(command, new Actor("wang", Actor.OPERATOR));
        assertThat(mapper.readValue(mapper.writeValueAsBytes(request), Request.class))
            .isEqualTo(request);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  <C, E, S> void anyState_answered_arrives(AggregateFixture<C, E, S> fixture) throws IOException {
    for (var walk : AggregateWalk.many(fixture, 5, 60)) {
      for (var step : walk.steps()) {
        var answer = new Answer<>(step.after(), 1, "some", AggregateWalk.BEGIN, null, false, "0-1");
        EntityReply reply = new EntityReply.Answered(answer, 1);
        var bytes = mapper.writerFor(EntityReply.class).writeValueAsBytes(reply);
        assertThat(mapper.readValue(bytes, EntityReply.class)).isEqualTo(reply);
      }
    }
  }

  private static <C, E, S> AggregateType<C, E, S> type(AggregateFixture<C, E, S> fixture) {
    var aggregate = fixture.aggregate();
    @SuppressWarnings("unchecked") // registered for the aggregate of this type
    var codec = (CommitCodec<E>) CommitCodecs.byAggregateType(aggregate.type());
    @SuppressWarnings("unchecked") // a state's class is the type of all its states
    var stateType = (Class<S>) aggregate.initial().getClass();
    return new AggregateType<>(aggregate, codec, fixture.commandType(), stateType);
  }
}
