package govcloud.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.domain.sharing.Provider;
import govcloud.domain.sharing.SharingSamples;
import govcloud.exchange.gate.Agreed;
import govcloud.node.exchange.DepartmentService.Manner;
import govcloud.node.http.Failures;
import govcloud.pki.request.ProgramKey;
import govcloud.pki.request.RequestSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class HttpProviderTest {

  private static final String DRIVER = "999999199001010017";
  private static final ProgramKey KEY = ProgramKey.of("harbour", new byte[32]);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration REST = Duration.ofMillis(500);

  private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "services");
  private final AtomicInteger count = new AtomicInteger();
  private Path folder;
  private DepartmentService service;

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    service = DepartmentService.start(folder);
    service.trust(KEY.id());
  }

  @AfterAll
  void stop() {
    service.close();
    system.terminate();
  }

  private HttpProvider provider(List<String> hosts, List<String> privateHosts, boolean trusted) {
    var settings =
        new ProviderSettings(
            trusted ? Optional.of(DepartmentService.authority(folder)) : Optional.empty(),
            hosts,
            privateHosts,
            TIMEOUT,
            2,
            3,
            REST,
            1 << 20);
    var signer = new RequestSigner(KEY, new SecureRandom(), Clock.systemUTC());
    return new HttpProvider(
        settings, signer, () -> "n-" + count.incrementAndGet(), system, Clock.systemUTC());
  }

  private HttpProvider provider() {
    return provider(List.of(service.host()), List.of("localhost"), true);
  }

  private static Agreed agreed(String address) {
    var resource = SharingSamples.from(Provider.http(address));
    var terms = SharingSamples.TERMS;
    try {
      return Agreed.of("violations", terms, terms.address(), resource, true);
    } catch (govcloud.exchange.policy.PolicyException e) {
      throw new AssertionError(e);
    }
  }

  private static CompletableFuture<Found> ask(HttpProvider provider, String address) {
    var until = Clock.systemUTC().instant().plusSeconds(10);
    return provider.records(agreed(address), DRIVER, until).toCompletableFuture();
  }

  private CompletableFuture<Found> ask(HttpProvider provider) {
    return ask(provider, service.address());
  }

  private static Throwable failure(CompletableFuture<?> asked) {
    return Failures.cause(asked.handle((found, failure) -> failure).join());
  }

  private Throwable failing(HttpProvider provider, Manner manner) {
    service.answer(manner);
    try {
      return failure(ask(provider));
    } finally {
      service.answer(Manner.ANSWERS);
    }
  }

  @Test
  void service_asked_getsASignedQuestionWithoutAnythingInItsAddress() {
    var found = ask(provider()).join();
    var records = found.records();
    assertThat(records).hasSize(1);
    assertThat(found.asOf()).contains(Instant.parse("2026-03-02T01:15:27Z"));
    assertThat(records.get(0).path("points").asInt()).isEqualTo(3);
    var asked = service.asked().get(service.asked().size() - 1);
    assertThat(asked.path("resource").asText()).isEqualTo("traffic-violations");
    assertThat(asked.at("/subject/number").asText()).isEqualTo(DRIVER);
    assertThat(service.address()).doesNotContain(DRIVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TOO_MUCH|answer: too large (expected: <= 1048576 bytes)",
        "NO_JSON|answer: no JSON (expected: an object with records)",
        "NO_RECORDS|answer: no list of records (expected: \"records\": [...])",
        "NO_MOMENT|answer, as_of: no moment (expected: 2026-03-02T01:15:27Z)",
        "FORBIDS|answer: status 403 (expected: 200)"
      })
  void answerThatIsNone_isToldAsSuch_andDoesNotCountAgainstTheService(Manner manner, String text) {
    var provider = provider();
    for (int i = 0; i < 4; i++) {
      assertThat(failing(provider, manner))
          .isInstanceOf(MalformedAnswerException.class)
          .hasMessage(text);
    }
    assertThat(ask(provider).join().records()).hasSize(1);
  }

  @Test
  void answerOfTheWrongTypes_isForTheSchemaToRefuse() {
    for (Manner manner : List.of(Manner.WRONG_TYPE, Manner.OTHER_PERSON)) {
      service.answer(manner);
      var records = ask(provider()).join().records();
      service.answer(Manner.ANSWERS);
      var looked = new AnswerForm().own(records, agreed(service.address()), DRIVER);
      assertThat(looked.fault()).as(manner.toString()).isPresent();
      assertThat(looked.passing()).isEmpty();
    }
  }

  @Test
  void redirect_isNotFollowed_andARefusalIsNotRepeated() {
    for (Manner manner : List.of(Manner.REDIRECTS, Manner.FORBIDS)) {
      int before = service.messages().size();
      assertThat(failing(provider(), manner)).hasMessageContaining("expected: 200");
      assertThat(service.messages()).as(manner.toString()).hasSize(before + 1);
    }
  }

  @Test
  void serviceThatFailsForAMoment_isAskedTheSameAgain() {
    int before = service.messages().size();
    service.failFirst(2);
    assertThat(ask(provider()).join().records()).hasSize(1);
    var messages = service.messages().subList(before, service.messages().size());
    assertThat(messages).hasSize(3);
    assertThat(messages.stream().distinct()).hasSize(1);
    assertThat(failing(provider(), Manner.CUTS)).hasMessageContaining("cut off");
  }

  @Test
  void serviceThatIsGone_isLeftAloneForAWhile_thenTriedByOneQuery() {
    var provider = provider();
    for (int i = 0; i < 3; i++) {
      assertThat(failing(provider, Manner.UNAVAILABLE)).hasMessageContaining("status 503");
    }
    // The third failure may be told a moment before it counts.
    var paused =
        await()
            .atMost(Duration.ofSeconds(10))
            .until(() -> failure(ask(provider)), ProviderPausedException.class::isInstance);
    assertThat(((ProviderPausedException) paused).retryAfter()).isEqualTo("1");
    int before = service.messages().size();
    assertThat(failure(ask(provider))).isInstanceOf(ProviderPausedException.class);
    assertThat(service.messages()).as("open").hasSize(before);
    // Half open, and it fails again: left alone once more.
    service.answer(Manner.REDIRECTS);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !(failure(ask(provider)) instanceof ProviderPausedException));
    assertThat(service.messages()).as("half open").hasSize(before + 1);
    assertThat(failure(ask(provider))).isInstanceOf(ProviderPausedException.class);
    service.answer(Manner.ANSWERS);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> !(failureOrNothing(ask(provider)) instanceof ProviderPausedException));
    assertThat(ask(provider).join().records()).hasSize(1);
  }

  private static Object failureOrNothing(CompletableFuture<?> asked) {
    return asked.handle((found, failure) -> failure == null ? "" : Failures.cause(failure)).join();
  }

  @Test
  void serviceThatStalls_endsInTime_andSlowsNoOther() throws Exception {
    try (var slow = DepartmentService.start(folder)) {
      slow.answer(Manner.STALLS);
      var provider = provider(List.of(service.host(), slow.host()), List.of("localhost"), true);
      List<CompletableFuture<Found>> stalled = new ArrayList<>();
      long begin = System.nanoTime();
      for (int i = 0; i < 2; i++) {
        stalled.add(ask(provider, slow.address()));
      }
      assertThat(failure(ask(provider, slow.address())))
          .isInstanceOf(ProviderPausedException.class)
          .hasMessageContaining("all places are taken");
      for (int i = 0; i < 5; i++) {
        assertThat(ask(provider).join().records()).hasSize(1);
      }
      assertThat(stalled).as("while it stalls, the other answers").noneMatch(one -> one.isDone());
      for (var one : stalled) {
        assertThat(failure(one)).isInstanceOf(IOException.class);
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(TIMEOUT.minusMillis(100), TIMEOUT.multipliedBy(3));
    }
  }

  @Test
  void hostThatNobodyAllowed_orThatIsInside_orNotTrusted_isNotAsked() {
    int before = service.messages().size();
    assertThat(failure(ask(provider(List.of("localhost"), List.of("localhost"), true))))
        .hasMessageContaining("govcloud.exchange.providers.hosts");
    assertThat(failure(ask(provider(List.of(service.host()), List.of(), true))))
        .hasMessageContaining("private (expected: public, or in govcloud.exchange.providers");
    assertThat(failure(ask(provider(List.of(service.host()), List.of("localhost"), false))))
        .isInstanceOf(javax.net.ssl.SSLHandshakeException.class);
    assertThat(service.messages()).hasSize(before);
  }
}
