package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Guard;
import govcloud.domain.identity.SignInFault;
import govcloud.node.http.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those who want in and must not, and those who may. */
@Tag("slow")
class SignInTest {

  private static final String RIGHT = IdentityHouse.PASSWORD;
  private static final String WRONG = "sun over the harbour";

  @TempDir private Path folder;
  private IdentityHouse house;
  private String invitation;

  @BeforeEach
  void open() throws IOException {
    house = new IdentityHouse(folder);
    invitation = house.code("zhang-san");
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void invited_cameIn_signsInAndIsKnownEverywhere() {
    assertThat(house.visitFirst("zhang-san", invitation).status()).isEqualTo(200);
    var token = house.signIn("zhang-san");
    for (int node = 0; node < 2; node++) {
      var me = house.at(node, token).send("GET", "/v1/me", null);
      assertThat(me.json().path("account").asText()).isEqualTo("zhang-san");
      assertThat(me.json().path("tenant").asText()).isEqualTo("transport");
    }
    assertThat(house.accounts.events("zhang-san"))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Invited", "InvitationAccepted", "SignedIn");
  }

  @Test
  void unknownAccount_tried_answersLikeAWrongPasswordAndTakesAsLong() {
    house.visitFirst("zhang-san", invitation);
    var known = new ArrayList<Long>();
    var unknown = new ArrayList<Long>();
    for (int i = 1; i < Guard.FAILURES_TO_LOCKOUT; i++) {
      var there = timed(known, "zhang-san");
      var nowhere = timed(unknown, "nobody-here");
      assertThat(there.status()).isEqualTo(401);
      assertThat(there.code()).isEqualTo("SIGN_IN_REFUSED");
      assertThat(nowhere.json()).isEqualTo(there.json());
      assertThat(nowhere.response().statusCode()).isEqualTo(401);
    }
    // Without the work of a password it is a hundred times less.
    assertThat(Collections.min(unknown)).isGreaterThan(Collections.min(known) / 2);
    assertThat(refusals("zhang-san")).containsOnly(SignInFault.PASSWORD_WRONG);
    assertThat(refusals("nobody-here")).containsOnly(SignInFault.ACCOUNT_UNKNOWN);
    for (var account : List.of("zhang-san", "nobody-here")) {
      timed(known, account);
      assertThat(timed(known, account).code()).isEqualTo("SIGN_IN_LOCKED");
    }
  }

  private Client.Answer timed(List<Long> times, String account) {
    var began = System.nanoTime();
    var answer = house.attempt(0, account, WRONG, "123456");
    times.add(System.nanoTime() - began);
    return answer;
  }

  private List<SignInFault> refusals(String account) {
    return house.accounts.events(account).stream()
        .filter(AccountEvent.SignInRefused.class::isInstance)
        .map(event -> ((AccountEvent.SignInRefused) event).fault())
        .toList();
  }

  @Test
  void code_usedAgainInItsStep_isRefusedOnEveryNode() {
    house.visitFirst("zhang-san", invitation);
    house.signIn("zhang-san");
    var again = house.attempt(1, "zhang-san", RIGHT, house.totp("zhang-san"));
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.code()).isEqualTo("SIGN_IN_CODE_USED");
    assertThat(refusals("zhang-san")).containsExactly(SignInFault.SECOND_FACTOR_USED);
  }

  @Test
  void secretOfAnAuthenticator_isSealedInTheRecords_andOpensForItsAccountAlone() throws Exception {
    house.visitFirst("zhang-san", invitation);
    house.signIn("zhang-san");
    var secret = house.secret("zhang-san");
    var account = house.accounts.<AccountState>read("account/zhang-san").toCompletableFuture();
    var kept = account.join().state().credentials().totpSecret();
    assertThat(kept.orElseThrow().value()).startsWith("sealed:1:").doesNotContain(secret);
    var keys = IdentityHouse.secrets(folder);
    assertThat(keys.open("zhang-san", kept.get().value())).isEqualTo(secret);
    assertThatThrownBy(() -> keys.open("li-si", kept.get().value()))
        .hasMessageContaining("secret of account li-si");
  }

  @Test
  void secretFromBeforeTheCloudHadKeys_isReadAsItIs() {
    var without = new TotpSecrets(Optional.empty());
    var old = without.seal("zhang-san", "JBSWY3DPEHPK3PXP");
    assertThat(old.value()).isEqualTo("JBSWY3DPEHPK3PXP");
    var with = new TotpSecrets(Optional.of(IdentityHouse.secrets(folder)));
    assertThat(with.open("zhang-san", old)).isEqualTo("JBSWY3DPEHPK3PXP");
    var sealed = with.seal("zhang-san", "JBSWY3DPEHPK3PXP");
    assertThatThrownBy(() -> without.open("zhang-san", sealed))
        .hasMessageContaining("UNAVAILABLE: govcloud.replication.keys-folder: not set");
  }

  @Test
  void code_wrongOrMuchTooOld_isRefusedLikeAPassword() {
    house.visitFirst("zhang-san", invitation);
    var old = house.totp("zhang-san");
    house.now = house.now.plus(Duration.ofSeconds(90));
    var answer = house.attempt(0, "zhang-san", RIGHT, old);
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.code()).isEqualTo("SIGN_IN_REFUSED");
    assertThat(refusals("zhang-san")).containsExactly(SignInFault.SECOND_FACTOR_WRONG);
  }

  @Test
  void invitation_usedAgain_isRefused() {
    house.visitFirst("zhang-san", invitation);
    var again = house.visitFirst("zhang-san", invitation);
    assertThat(again.status()).isEqualTo(401);
    assertThat(again.code()).isEqualTo("SIGN_IN_REFUSED");
    assertThat(refusals("zhang-san")).containsExactly(SignInFault.INVITATION_WRONG);
    house.signIn("zhang-san");
  }

  @Test
  void invitation_tooOld_isRefused() {
    house.now = house.now.plus(Account.CODE_LIFE);
    var late = house.visitFirst("zhang-san", invitation);
    assertThat(late.status()).isEqualTo(401);
    assertThat(late.code()).isEqualTo("SIGN_IN_REFUSED");
    assertThat(refusals("zhang-san")).containsExactly(SignInFault.INVITATION_WRONG);
  }

  @Test
  void lockout_holdsAgainstTheRightPasswordAndEnds() {
    house.visitFirst("zhang-san", invitation);
    for (int i = 0; i < Guard.FAILURES_TO_LOCKOUT; i++) {
      assertThat(house.attempt(0, "zhang-san", WRONG, "000000").status()).isEqualTo(401);
    }
    house.now = house.now.plus(Duration.ofSeconds(30));
    var locked = house.attempt(1, "zhang-san", RIGHT, house.totp("zhang-san"));
    assertThat(locked.status()).isEqualTo(429);
    assertThat(locked.code()).isEqualTo("SIGN_IN_LOCKED");
    assertThat(locked.header("Retry-After")).isEqualTo("31");
    house.now = house.now.plus(Duration.ofSeconds(31));
    house.signIn("zhang-san");
    assertThat(house.accounts.events("zhang-san"))
        .filteredOn(AccountEvent.LockedOut.class::isInstance)
        .hasSize(1);
  }

  @Test
  void password_weak_isRefusedWithItsRule() {
    for (var weak : List.of("short", "zhang-san-zhang", "Password123456", "aaaaaaaaaaaaaa")) {
      var answer =
          house
              .stranger()
              .send(
                  "POST", "/v1/first-visits", IdentityHouse.attempt("zhang-san", weak, invitation));
      assertThat(answer.status()).as(weak).isEqualTo(422);
      assertThat(answer.code()).isEqualTo("PASSWORD_TOO_WEAK");
    }
    assertThat(house.visitFirst("zhang-san", invitation).status()).isEqualTo(200);
  }

  @Test
  void password_ofAMegabyte_isRefusedBeforeItIsLookedAt() {
    var answer = house.attempt(0, "zhang-san", "x".repeat(1 << 19), "000000");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.code()).isEqualTo("BODY_INVALID");
    assertThat(refusals("zhang-san")).isEmpty();
  }

  @Test
  void session_ended_letsNobodyInOnTheOtherNodeWithinASecond() {
    house.visitFirst("zhang-san", invitation);
    var token = house.signIn("zhang-san");
    assertThat(house.at(1, token).send("GET", "/v1/me", null).status()).isEqualTo(200);
    assertThat(house.at(0, token).send("DELETE", "/v1/sessions/current", null).status())
        .isEqualTo(200);
    await()
        .atMost(Visitors.BELIEVED.plusMillis(500))
        .untilAsserted(
            () -> {
              var answer = house.at(1, token).send("GET", "/v1/me", null);
              assertThat(answer.status()).isEqualTo(401);
              assertThat(answer.code()).isEqualTo("TOKEN_WRONG");
            });
  }

  @Test
  void session_ofSomebodyElse_cannotBeEnded() {
    house.visitFirst("zhang-san", invitation);
    var token = house.signIn("zhang-san");
    var session = house.at(0, token).send("GET", "/v1/me", null).json().path("session").asText();
    var other = house.at(0, IdentityHouse.TOKEN);
    assertThat(other.send("DELETE", "/v1/sessions/" + session, null).status()).isEqualTo(200);
    await()
        .during(Visitors.BELIEVED.plusMillis(200))
        .atMost(Duration.ofSeconds(5))
        .until(() -> house.at(1, token).send("GET", "/v1/me", null).status() == 200);
  }

  @Test
  void passwords_moreThanThreadsAndQueueTake_areRefusedAtOnce() {
    house.visitFirst("zhang-san", invitation);
    var answers =
        java.util.stream.IntStream.range(0, 12)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> house.attempt(0, "somebody-" + i, WRONG, "000000")))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .toList();
    assertThat(answers).extracting(Client.Answer::code).contains("SIGN_IN_BUSY", "SIGN_IN_REFUSED");
    assertThat(answers)
        .filteredOn(answer -> answer.code().equals("SIGN_IN_BUSY"))
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(429);
              assertThat(answer.header("Retry-After")).isNotEmpty();
            });
  }
}
