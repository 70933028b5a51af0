package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.identity.SignInSource;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import govcloud.node.http.ProblemException;
import govcloud.node.http.RateLimits;
import govcloud.node.http.Visits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceGuardTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-03-02T01:00:00Z"));
  private static final String GATEWAY = "2001:db8:0:7::1";
  private static final String NEIGHBOUR = "2001:db8:0:7::2";
  private static final Gateways GATEWAYS = Gateways.of(List.of("2001:DB8:0:7:0::1"));

  private final MemoryAccounts accounts = new MemoryAccounts(CLOCK);
  private final SourceGuard guard = new SourceGuard(accounts, GATEWAYS, CLOCK);

  private static SignIns.Attempt attempt(String account, String address) {
    return new SignIns.Attempt(account, "rain", "000000", Visits.from(address));
  }

  private static CompletionStage<String> wrong() {
    return CompletableFuture.failedStage(
        Problem.of(BorderCode.SIGN_IN_REFUSED, "wrong").asException());
  }

  private static CompletionStage<String> right() {
    return CompletableFuture.completedStage("in");
  }

  /** What becomes of an attempt: a code, or who is in. */
  private static String told(CompletionStage<String> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      return ((ProblemException) e.getCause()).problem().code();
    }
  }

  private void tryManyNames(String address) {
    for (int i = 0; i < SignInSource.NAMES_TO_SLOW; i++) {
      assertThat(told(guard.letIn(attempt("nobody-" + i, address), () -> wrong())))
          .isEqualTo("SIGN_IN_REFUSED");
    }
  }

  @Test
  void address_thatManyNamesWereTriedFrom_isClosed() {
    tryManyNames(NEIGHBOUR);
    var attempt = attempt("zhang-san", NEIGHBOUR);
    assertThat(told(guard.letIn(attempt, () -> right()))).isEqualTo("SIGN_IN_SOURCE_CLOSED");
    assertThat(told(guard.watch(attempt, () -> right()))).isEqualTo("SIGN_IN_SOURCE_CLOSED");
  }

  @Test
  void gateway_thatManyNamesWereTriedThrough_letsTheOthersIn() {
    tryManyNames(NEIGHBOUR);
    tryManyNames(GATEWAY);
    var attempt = attempt("zhang-san", GATEWAY);
    assertThat(told(guard.letIn(attempt, () -> right()))).isEqualTo("in");
    assertThat(told(guard.watch(attempt, () -> right()))).isEqualTo("in");
  }

  @Test
  void address_aboutWhichNothingCanBeRead_isHeard() {
    var broken =
        new Entities() {
          @Override
          public <S> CompletionStage<Answer<S>> ask(String entityId, Request<?> request) {
            return read(entityId);
          }

          @Override
          public <S> CompletionStage<Answer<S>> read(String entityId) {
            return CompletableFuture.failedStage(
                new EntityFailure.Damaged(entityId, 1, "the hash is another one"));
          }
        };
    var without = new SourceGuard(broken, Gateways.NONE, CLOCK);
    var attempt = attempt("zhang-san", NEIGHBOUR);
    assertThat(told(without.letIn(attempt, () -> right()))).isEqualTo("in");
    assertThat(told(without.watch(attempt, () -> wrong()))).isEqualTo("SIGN_IN_REFUSED");
  }

  @Test
  void gateway_isNotWrittenDown() {
    tryManyNames(GATEWAY);
    assertThat(accounts.hasWritten("source/")).isFalse();
  }

  @Test
  void attemptsASecond_throughAGatewayAlone_areNotLimited() {
    var rates = new RateLimits(1, () -> 0L);
    var signIns = new SignIns(accounts, null, null, null, null, rates, GATEWAYS, CLOCK);
    assertThatCode(() -> tryOften(signIns, GATEWAY)).doesNotThrowAnyException();
    assertThatThrownBy(() -> tryOften(signIns, NEIGHBOUR))
        .isInstanceOf(ProblemException.class)
        .hasMessageStartingWith("SIGN_IN_BUSY");
  }

  private static void tryOften(SignIns signIns, String address) {
    for (int i = 0; i < 100; i++) {
      signIns.limit(address);
    }
  }

  @ParameterizedTest
  @CsvSource({"gateway.example", "1.2.3", "256.1.1.1", "10.0.0.0/8", "''", "x:1"})
  void text_thatIsNoAddress_isNoGateway(String text) {
    assertThatThrownBy(() -> Gateways.of(List.of(text)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, source/v4-7f000001",
    "203.0.113.255, source/v4-cb0071ff",
    "2001:db8:0:7:1:2:3:4, source/v6-20010db800000007",
    "2001:db8:0:7::9, source/v6-20010db800000007",
    "2001:db8:0:8::9, source/v6-20010db800000008",
    "::ffff:203.0.113.255, source/v4-cb0071ff",
    "unknown, source/unknown",
    "deadbeef, source/unknown"
  })
  void address_isAnEntity_ofItselfOrItsNetwork(String address, String id) {
    assertThat(SourceGuard.id(address)).isEqualTo(id);
  }
}
