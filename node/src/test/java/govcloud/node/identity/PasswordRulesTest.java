package govcloud.node.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import govcloud.domain.Actor;
import govcloud.domain.Context;
import govcloud.domain.Decision;
import govcloud.domain.identity.Account;
import govcloud.domain.identity.AccountCommand;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.AccountState;
import govcloud.domain.identity.Roles;
import govcloud.domain.identity.Secret;
import govcloud.node.http.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords two standards take. */
class PasswordRulesTest {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final byte[] SALT = "0123456789abcdef".getBytes(US_ASCII);

  @TempDir private Path folder;
  private final Account rules = new Account();

  private PasswordRules of(PasswordProfile profile, Optional<Path> breached) {
    return new PasswordRules(
        profile, "extranet", List.of("lighthouse"), new PasswordLists(breached));
  }

  private AccountState after(AccountState state, AccountCommand command, Actor actor, Instant at) {
    var decision = rules.decide(state, command, new Context(at, actor));
    for (var event : ((Decision.Accepted<AccountEvent>) decision).events()) {
      state = rules.evolve(state, event);
    }
    return state;
  }

  /** Somebody who has chosen this password. */
  private AccountState zhang(Secret verifier) {
    var code = new Secret("code");
    var security = new Actor("sun", Roles.SECURITY);
    var invite =
        new AccountCommand.Invite(
            "张三 Zhang Weimin", Optional.of("transport"), List.of("clerk"), code);
    var accept =
        new AccountCommand.AcceptInvitation(code, verifier, new Secret("totp"), "127.0.0.1");
    var self = new Actor("zhang-san", Roles.VISITOR);
    return after(after(AccountState.VACANT, invite, security, NOW), accept, self, NOW);
  }

  private String code(PasswordRules rules, String password) {
    try {
      rules.require("zhang-san", zhang(new Secret("v")), password);
      return "";
    } catch (ProblemException e) {
      return e.problem().code();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "too short 1",
        "我的名字叫做张三和港口的大雨天",
        "rain on zhang-san",
        "the Weimin harbour",
        "rain over transport",
        "rain over Extranet",
        "the lighthouse at night",
        "my govcloud is mine",
        "1234sunshine1234",
        "1qaz2wsx3edc",
        "abcdabcdabcdabcd",
        "ＸＸＸＸＸＸＸＸＸＸＸＸ"
      })
  void password_thatOthersGuess_isRefusedByBoth(String password) {
    assertThat(code(of(PasswordProfile.ASVS, Optional.empty()), password))
        .isEqualTo("PASSWORD_TOO_WEAK");
    assertThat(code(of(PasswordProfile.MLPS3, Optional.empty()), password))
        .isEqualTo("PASSWORD_TOO_WEAK");
  }

  @Test
  void composition_isAskedForByOneStandard_andByTheOtherNot() {
    var asvs = of(PasswordProfile.ASVS, Optional.empty());
    var mlps3 = of(PasswordProfile.MLPS3, Optional.empty());
    assertThat(code(asvs, "rainoverthewater")).isEmpty();
    assertThat(code(asvs, "雨落在水上，风从东边来，人在远方")).isEmpty();
    assertThat(code(mlps3, "rainoverthewater")).isEqualTo("PASSWORD_TOO_WEAK");
    assertThat(code(mlps3, "rain over the water")).isEqualTo("PASSWORD_TOO_WEAK");
    assertThat(code(mlps3, "Rain over the water")).isEmpty();
    assertThat(code(mlps3, "rain over 7 waters")).isEmpty();
  }

  private static String sha1(String text) throws Exception {
    return HexFormat.of()
        .withUpperCase()
        .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
  }

  @Test
  void breached_isFoundWhereverItStandsInTheFile() throws Exception {
    var hashes = new TreeSet<String>();
    for (int i = 0; i < 1_000; i++) {
      hashes.add(sha1("breached water " + i) + ":" + i * 37);
    }
    var file = Files.write(folder.resolve("breached"), hashes, US_ASCII);
    var asvs = of(PasswordProfile.ASVS, Optional.of(file));
    for (int i = 0; i < 1_000; i++) {
      assertThat(code(asvs, "breached water " + i)).isEqualTo("PASSWORD_BREACHED");
      assertThat(code(asvs, "another water " + i)).isEmpty();
    }
    assertThat(
            code(
                of(PasswordProfile.ASVS, Optional.of(Files.createFile(folder.resolve("none")))),
                "breached water 7"))
        .isEmpty();
  }

  @Test
  void lastFive_areNotChosenAgain_andTheSixthIs() {
    var mlps3 = of(PasswordProfile.MLPS3, Optional.empty());
    var state = zhang(Passwords.verifier("Rain over water 0", SALT));
    for (int i = 1; i <= 5; i++) {
      var verifier = Passwords.verifier("Rain over water " + i, SALT);
      var change =
          new AccountCommand.ChangePassword(
              state.credentials().verifier(), verifier, "s-1", "127.0.0.1");
      state = after(state, change, new Actor("zhang-san", Roles.VISITOR), NOW);
    }
    var last = state;
    for (int i = 1; i <= 5; i++) {
      var again = "Rain over water " + i;
      assertThatCode(() -> mlps3.requireNew(last, again))
          .hasMessageContaining("PASSWORD_USED_BEFORE");
    }
    assertThatCode(() -> mlps3.requireNew(last, "Rain over water 0")).doesNotThrowAnyException();
    assertThatCode(
            () -> of(PasswordProfile.ASVS, Optional.empty()).requireNew(last, "Rain over water 5"))
        .doesNotThrowAnyException();
  }

  @Test
  void age_endsAfter90Days_andNeverByTheOtherStandard() {
    var state = zhang(new Secret("v"));
    var mlps3 = of(PasswordProfile.MLPS3, Optional.empty());
    var end = NOW.plus(Duration.ofDays(90));
    assertThatCode(() -> mlps3.requireFresh(state, end.minusNanos(1))).doesNotThrowAnyException();
    assertThatCode(() -> mlps3.requireFresh(state, end)).hasMessageContaining("PASSWORD_EXPIRED");
    assertThatCode(
            () ->
                of(PasswordProfile.ASVS, Optional.empty())
                    .requireFresh(state, end.plus(Duration.ofDays(4_000))))
        .doesNotThrowAnyException();
  }
}
