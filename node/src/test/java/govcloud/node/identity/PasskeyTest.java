package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.Passkey;
import govcloud.domain.identity.SignInFault;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passkeys as a second factor: the right answer, and every wrong one. */
@Tag("slow")
class PasskeyTest {

  private static final String RIGHT = IdentityHouse.PASSWORD;
  private static final String OTHER = "snow over the harbour";

  @TempDir private Path folder;
  private IdentityHouse house;
  private SoftwareAuthenticator authenticator;
  private Pages mine;

  @BeforeEach
  void open() throws Exception {
    house = new IdentityHouse(folder);
    authenticator = new SoftwareAuthenticator("a-security-key-1");
    house.visitFirst("zhang-san", house.code("zhang-san"));
    mine = new Pages(house.url(0));
    house.now = house.now.plus(Duration.ofSeconds(30));
    assertThat(signInByCode(mine).statusCode()).isEqualTo(303);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private HttpResponse<String> signInByCode(Pages browser) throws Exception {
    return browser.post(
        "/sign-in", "account", "zhang-san", "password", RIGHT, "code", house.totp("zhang-san"));
  }

  private HttpResponse<String> begin(String password) throws Exception {
    var word = mine.word();
    return mine.post(
        "/my-account/passkeys", "csrf", word, "name", "desk key", "password", password);
  }

  private HttpResponse<String> added(String answer) throws Exception {
    return mine.post(
        "/my-account/passkeys/added", "csrf", mine.word(), "name", "desk key", "answer", answer);
  }

  private void add() throws Exception {
    assertThat(added(authenticator.make(Pages.options(begin(RIGHT)))).statusCode()).isEqualTo(303);
  }

  /** The page after a right password without a code. */
  private HttpResponse<String> challenged(Pages browser) throws Exception {
    return browser.post("/sign-in", "account", "zhang-san", "password", RIGHT, "code", "");
  }

  private static HttpResponse<String> answered(Pages browser, String answer) throws Exception {
    return browser.post("/sign-in/passkey", "account", "zhang-san", "answer", answer);
  }

  private List<SignInFault> faults() {
    return house.accounts.events("zhang-san").stream()
        .filter(AccountEvent.SignInRefused.class::isInstance)
        .map(event -> ((AccountEvent.SignInRefused) event).fault())
        .toList();
  }

  private void requireRefused(HttpResponse<String> answer, SignInFault fault) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(faults()).containsExactly(fault);
  }

  @Test
  void passkey_added_letsInOnTheOtherNodeAndCounts() throws Exception {
    add();
    var elsewhere = new Pages(house.url(1));
    var page = challenged(new Pages(house.url(0)));
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("script-src 'self'", "default-src 'none'");
    var in = answered(elsewhere, authenticator.sign(Pages.options(page)));
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(elsewhere.get("/my-account?lang=en").body()).contains("This session", "desk key");
    assertThat(house.accounts.events("zhang-san"))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly(
            "Invited",
            "InvitationAccepted",
            "SignedIn",
            "PasskeyChallenged",
            "PasskeyAdded",
            "PasskeyChallenged",
            "PasskeyUsed",
            "SignedIn");
  }

  @Test
  void zeroSignature_isRefused() throws Exception {
    add();
    authenticator.zero = true;
    var browser = new Pages(house.url(0));
    requireRefused(
        answered(browser, authenticator.sign(Pages.options(challenged(browser)))),
        SignInFault.PASSKEY_SIGNATURE_WRONG);
  }

  @Test
  void answer_ofAnotherSite_isRefused() throws Exception {
    add();
    authenticator.origin = "https://localhost.evil.example";
    var browser = new Pages(house.url(0));
    requireRefused(
        answered(browser, authenticator.sign(Pages.options(challenged(browser)))),
        SignInFault.PASSKEY_ORIGIN_WRONG);
  }

  @Test
  void answer_toAnotherChallenge_isRefused() throws Exception {
    add();
    assertThat(challenged(new Pages(house.url(0))).statusCode()).isEqualTo(200);
    var own = "{\"publicKey\": {\"challenge\": \"" + "A".repeat(43) + "\"}}";
    requireRefused(
        answered(new Pages(house.url(0)), authenticator.sign(own)),
        SignInFault.PASSKEY_CHALLENGE_WRONG);
  }

  @Test
  void answer_sentAgain_isRefusedOnEveryNode() throws Exception {
    add();
    var answer = authenticator.sign(Pages.options(challenged(new Pages(house.url(0)))));
    assertThat(answered(new Pages(house.url(0)), answer).statusCode()).isEqualTo(303);
    requireRefused(answered(new Pages(house.url(1)), answer), SignInFault.PASSKEY_CHALLENGE_WRONG);
  }

  @Test
  void answer_tooLate_isRefused() throws Exception {
    add();
    var answer = authenticator.sign(Pages.options(challenged(new Pages(house.url(0)))));
    house.now = house.now.plus(Passkey.CHALLENGE_LIFE);
    requireRefused(answered(new Pages(house.url(0)), answer), SignInFault.PASSKEY_CHALLENGE_WRONG);
  }

  @Test
  void counter_thatWentBack_isRefused() throws Exception {
    add();
    authenticator.counter = -1;
    var answer = authenticator.sign(Pages.options(challenged(new Pages(house.url(0)))));
    requireRefused(answered(new Pages(house.url(0)), answer), SignInFault.PASSKEY_COUNTER_WRONG);
  }

  @Test
  void keyOfSomebodyElse_isRefused() throws Exception {
    add();
    var foreign = new SoftwareAuthenticator("a-security-key-2");
    var answer = foreign.sign(Pages.options(challenged(new Pages(house.url(0)))));
    requireRefused(answered(new Pages(house.url(0)), answer), SignInFault.PASSKEY_UNKNOWN);
  }

  @Test
  void anotherKeyUnderTheSameId_orNobodyVerified_isRefused() throws Exception {
    add();
    var copy = new SoftwareAuthenticator("a-security-key-1");
    var answer = copy.sign(Pages.options(challenged(new Pages(house.url(0)))));
    requireRefused(answered(new Pages(house.url(0)), answer), SignInFault.PASSKEY_SIGNATURE_WRONG);
    authenticator.flags = 0x01;
    var unverified = authenticator.sign(Pages.options(challenged(new Pages(house.url(0)))));
    assertThat(answered(new Pages(house.url(0)), unverified).statusCode()).isEqualTo(401);
    assertThat(answered(new Pages(house.url(0)), "no json").statusCode()).isEqualTo(401);
    assertThat(faults())
        .containsExactly(
            SignInFault.PASSKEY_SIGNATURE_WRONG,
            SignInFault.PASSKEY_SIGNATURE_WRONG,
            SignInFault.PASSKEY_CHALLENGE_WRONG);
  }

  @Test
  void passwordAlone_ofAnAccountWithoutPasskey_isRefusedLikeAWrongOne() throws Exception {
    requireRefused(challenged(new Pages(house.url(0))), SignInFault.SECOND_FACTOR_WRONG);
  }

  @Test
  void registration_ofAnotherSiteOrChallengeOrTwice_isRefused() throws Exception {
    authenticator.origin = "https://evil.example";
    assertThat(added(authenticator.make(Pages.options(begin(RIGHT)))).statusCode()).isEqualTo(422);
    authenticator.origin = "https://localhost:8443";
    authenticator.host = "evil.example";
    assertThat(added(authenticator.make(Pages.options(begin(RIGHT)))).statusCode()).isEqualTo(422);
    authenticator.host = "localhost";
    var own = "{\"publicKey\": {\"challenge\": \"" + "A".repeat(43) + "\"}}";
    assertThat(added(authenticator.make(own)).statusCode()).isEqualTo(409);
    var answer = authenticator.make(Pages.options(begin(RIGHT)));
    assertThat(added(answer).statusCode()).isEqualTo(303);
    assertThat(added(answer).statusCode()).isEqualTo(409);
    assertThat(begin(OTHER).statusCode()).isEqualTo(401);
    assertThat(faults()).containsExactly(SignInFault.PASSWORD_WRONG);
  }

  @Test
  void authenticatorOfCodes_removed_passkeyIsTheFactorAndTheLastOneStays() throws Exception {
    add();
    assertThat(remove("totp").statusCode()).isEqualTo(303);
    assertThat(remove(authenticator.id()).statusCode()).isEqualTo(409);
    house.now = house.now.plus(Duration.ofSeconds(30));
    assertThat(signInByCode(new Pages(house.url(0))).statusCode()).isEqualTo(401);
    var browser = new Pages(house.url(0));
    var answer = authenticator.sign(Pages.options(challenged(browser)));
    assertThat(answered(browser, answer).statusCode()).isEqualTo(303);
  }

  private HttpResponse<String> remove(String factor) throws Exception {
    var word = mine.word();
    return mine.post(
        "/my-account/second-factors", "csrf", word, "factor", factor, "password", RIGHT);
  }

  @Test
  void password_changed_wantsTheOldOneAndEndsOtherSessions() throws Exception {
    house.now = house.now.plus(Duration.ofSeconds(30));
    var other = new Pages(house.url(0));
    assertThat(signInByCode(other).statusCode()).isEqualTo(303);
    assertThat(change(OTHER, OTHER).statusCode()).isEqualTo(401);
    assertThat(change(RIGHT, "short").statusCode()).isEqualTo(422);
    assertThat(change(RIGHT, OTHER).statusCode()).isEqualTo(303);
    await()
        .atMost(Visitors.BELIEVED.plusSeconds(1))
        .until(() -> other.get("/my-account").statusCode() == 303);
    assertThat(mine.get("/my-account").statusCode()).isEqualTo(200);
    house.now = house.now.plus(Duration.ofSeconds(30));
    assertThat(house.attempt(0, "zhang-san", RIGHT, house.totp("zhang-san")).status())
        .isEqualTo(401);
    assertThat(house.attempt(0, "zhang-san", OTHER, house.totp("zhang-san")).status())
        .isEqualTo(201);
  }

  private HttpResponse<String> change(String password, String next) throws Exception {
    return mine.post(
        "/my-account/password", "csrf", mine.word(), "password", password, "next", next);
  }
}
