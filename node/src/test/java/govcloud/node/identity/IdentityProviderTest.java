package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.PlainJWT;
import govcloud.domain.identity.AccountCommand.ProviderAnswer;
import govcloud.domain.identity.ProviderIdentity;
import govcloud.domain.identity.SignInFault;
import govcloud.node.http.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Providers that lie, and somebody who stands in between. */
@Tag("slow")
class IdentityProviderTest {

  private static final ProviderJourney JOURNEY =
      new ProviderJourney("zhang-san", "", "state-1", "nonce-1", "v".repeat(43), "zh");

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private FakeProvider fake;

  @BeforeEach
  void open() throws Exception {
    fake = new FakeProvider();
  }

  @AfterEach
  void close() {
    fake.close();
  }

  private IdentityProvider provider(List<String> acr, List<String> amr) {
    var settings =
        new ProviderSettings(
            fake.issuer(),
            "统一身份认证",
            "govcloud",
            "pom.xml",
            "",
            "RS256",
            acr,
            amr,
            Duration.ofHours(8),
            Duration.ofSeconds(2));
    return new IdentityProvider(
        settings, "https://cloud.example", "secret", Optional.empty(), () -> now);
  }

  private ProviderAnswer answer() {
    return provider(List.of(), List.of("mfa")).answer(JOURNEY, back());
  }

  private Map<String, List<String>> back() {
    return new HashMap<>(
        Map.of("code", List.of("c"), "state", List.of("state-1"), "iss", List.of(fake.issuer())));
  }

  private void refused(SignInFault fault) {
    assertThat(answer()).isEqualTo(ProviderAnswer.refused(fault));
  }

  @Test
  void rightToken_tellsWhoItIs_andTheVerifierIsShown() throws Exception {
    fake.gives(fake.claims("nonce-1", now).build());
    assertThat(answer())
        .isEqualTo(ProviderAnswer.of(new ProviderIdentity(fake.issuer(), "24400320")));
    assertThat(fake.asked)
        .contains("code_verifier=" + JOURNEY.verifier(), "grant_type=authorization_code");
  }

  @Test
  void way_asksForWhatIsCheckedLater() {
    var way = provider(List.of("loa3"), List.of("mfa")).way(JOURNEY).toString();
    assertThat(way)
        .startsWith(fake.issuer() + "/auth?")
        .contains(
            "state=state-1",
            "nonce=nonce-1",
            "code_challenge_method=S256",
            "max_age=28800",
            "acr_values=loa3",
            "scope=openid",
            "redirect_uri=https%3A%2F%2Fcloud.example%2Fsign-in%2Fprovider%2Freturn")
        .doesNotContain(JOURNEY.verifier());
  }

  private void signOutRefused(String token, String why) {
    assertThatThrownBy(() -> provider(List.of(), List.of("mfa")).signedOut(token))
        .hasMessageContaining("PROVIDER_LOGOUT_REFUSED: logout_token: " + why);
  }

  @Test
  void signOut_ofTheProvider_tellsWhoseItIs() throws Exception {
    var token = FakeProvider.signed(fake.signOut(now).build());
    assertThat(provider(List.of(), List.of("mfa")).signedOut(token))
        .isEqualTo(
            new ProviderLogout.SignedOut(
                new ProviderIdentity(fake.issuer(), "24400320"), "sign-out-1"));
  }

  @Test
  void signOut_thatIsNotTheProviders_isRefused() throws Exception {
    var right = fake.signOut(now).build();
    var notOne = "not one of the provider";
    signOutRefused(FakeProvider.signedByOtherKey(right), notOne);
    signOutRefused(FakeProvider.signedByPublicKey(right), notOne);
    signOutRefused(new PlainJWT(right).serialize(), notOne);
    signOutRefused("", notOne);
    signOutRefused("a.b.c", notOne);
    for (var wrong :
        List.of(
            fake.signOut(now).issuer("https://evil.example"),
            fake.signOut(now).audience("elsewhere"),
            fake.signOut(now).claim("nonce", "nonce-1"),
            fake.signOut(now).claim("events", null),
            fake.signOut(now).claim("events", Map.of("http://example/other", Map.of())),
            fake.signOut(now).jwtID(null),
            fake.signOut(now).subject(null),
            fake.claims("nonce-1", now))) {
      signOutRefused(FakeProvider.signed(wrong.build()), notOne);
    }
    signOutRefused(
        FakeProvider.signed(fake.signOut(now).subject(null).claim("sid", "s").build()),
        "without sub");
    var before = now.minus(Duration.ofMinutes(6));
    signOutRefused(
        FakeProvider.signed(
            fake.signOut(before).expirationTime(Date.from(now.plusSeconds(60))).build()),
        "too old");
  }

  @Test
  void tokenOfAnotherJourney_isRefused() throws Exception {
    fake.gives(fake.claims("nonce-2", now).build());
    refused(SignInFault.PROVIDER_REFUSED);
  }

  @Test
  void tokenForAnotherProgram_isRefused() throws Exception {
    fake.gives(fake.claims("nonce-1", now).audience("elsewhere").build());
    refused(SignInFault.PROVIDER_REFUSED);
    fake.gives(
        fake.claims("nonce-1", now)
            .audience(List.of("govcloud", "elsewhere"))
            .claim("azp", "elsewhere")
            .build());
    refused(SignInFault.PROVIDER_REFUSED);
  }

  @Test
  void tokenOfAnotherProvider_isRefused() throws Exception {
    fake.gives(fake.claims("nonce-1", now).issuer("https://evil.example").build());
    refused(SignInFault.PROVIDER_REFUSED);
  }

  @Test
  void tokenTooOld_isRefused() throws Exception {
    fake.gives(
        fake.claims("nonce-1", now)
            .expirationTime(Date.from(now.minus(Duration.ofMinutes(5))))
            .build());
    refused(SignInFault.PROVIDER_REFUSED);
  }

  @Test
  void tokenUnsigned_orByAnyKeyButTheProviders_isRefused() throws Exception {
    var claims = fake.claims("nonce-1", now).build();
    fake.givesUnsigned(claims);
    refused(SignInFault.PROVIDER_REFUSED);
    fake.givesByPublicKey(claims);
    refused(SignInFault.PROVIDER_REFUSED);
    fake.givesByOtherKey(claims);
    refused(SignInFault.PROVIDER_REFUSED);
  }

  @Test
  void answerOfAnotherProvider_isNotTakenToThisOne() throws Exception {
    fake.gives(fake.claims("nonce-1", now).build());
    var mixed = back();
    mixed.put("iss", List.of("https://evil.example"));
    var provider = provider(List.of(), List.of("mfa"));
    assertThat(provider.answer(JOURNEY, mixed))
        .isEqualTo(ProviderAnswer.refused(SignInFault.PROVIDER_REFUSED));
    mixed.remove("iss");
    assertThat(provider.answer(JOURNEY, mixed))
        .isEqualTo(ProviderAnswer.refused(SignInFault.PROVIDER_REFUSED));
    assertThat(fake.asked).isEmpty();
  }

  @Test
  void codeThatTheProviderDoesNotTake_isRefused() {
    fake.status = 400;
    fake.token = () -> "{\"error\": \"invalid_grant\"}";
    refused(SignInFault.PROVIDER_REFUSED);
  }

  @Test
  void personWhoDoesNotAgree_isRefused() {
    var query = back();
    query.remove("code");
    query.put("error", List.of("access_denied"));
    assertThat(provider(List.of(), List.of("mfa")).answer(JOURNEY, query))
        .isEqualTo(ProviderAnswer.refused(SignInFault.PROVIDER_REFUSED));
  }

  @Test
  void secondFactor_notTold_isNotAssumed() throws Exception {
    for (var amr : Arrays.asList(null, List.of(), List.of("pwd"))) {
      fake.gives(fake.claims("nonce-1", now).claim("amr", amr).build());
      refused(SignInFault.PROVIDER_FACTOR_MISSING);
    }
    fake.gives(fake.claims("nonce-1", now).claim("amr", null).claim("acr", "loa3").build());
    refused(SignInFault.PROVIDER_FACTOR_MISSING);
    assertThat(provider(List.of("loa3"), List.of()).answer(JOURNEY, back()).identity()).isPresent();
  }

  @Test
  void signedInThereLongAgo_orNobodyKnowsWhen_isRefused() throws Exception {
    var old = now.minus(Duration.ofHours(8)).minus(Duration.ofMinutes(2));
    fake.gives(fake.claims("nonce-1", now).claim("auth_time", old.getEpochSecond()).build());
    refused(SignInFault.PROVIDER_FACTOR_MISSING);
    fake.gives(fake.claims("nonce-1", now).claim("auth_time", null).build());
    refused(SignInFault.PROVIDER_FACTOR_MISSING);
  }

  @Test
  void introduction_isAskedForOnce() throws Exception {
    var provider = provider(List.of(), List.of("mfa"));
    fake.gives(fake.claims("nonce-1", now).build());
    provider.way(JOURNEY);
    provider.answer(JOURNEY, back());
    assertThat(fake.introductions).hasValue(1);
  }

  @Test
  void providerThatCallsItselfAnother_isNotAsked() {
    fake.alias = "https://evil.example";
    away(() -> provider(List.of(), List.of("mfa")).way(JOURNEY));
  }

  @Test
  void providerAway_isToldAsThat() {
    var provider = provider(List.of(), List.of("mfa"));
    fake.close();
    away(() -> provider.way(JOURNEY));
    away(() -> provider.answer(JOURNEY, back()));
  }

  private static void away(ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            ProblemException.class,
            failure -> assertThat(failure.problem().code()).isEqualTo("IDENTITY_PROVIDER_AWAY"));
  }
}
