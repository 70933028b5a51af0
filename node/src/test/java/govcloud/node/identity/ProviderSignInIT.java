package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.SignInFault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People who come in through a real OpenID provider, and those who must not. */
@Tag("slow")
class ProviderSignInIT {

  private static final String SECRET = "a secret of the cloud at the provider";
  private static OpenIdProvider provider;

  @TempDir private static Path program;
  @TempDir private Path folder;
  private IdentityHouse house;
  private Pages pages;

  @BeforeAll
  static void start() throws Exception {
    provider =
        OpenIdProvider.start(
            program, IdentityHouse.PUBLIC_ADDRESS + IdentityProvider.RETURN, SECRET);
  }

  @AfterAll
  static void end() {
    if (provider != null) {
      provider.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    house =
        new IdentityHouse(
            folder,
            new ProviderSettings(
                provider.issuer(),
                "统一身份认证",
                "govcloud",
                secret.toString(),
                "",
                "RS256",
                List.of(),
                List.of("mfa"),
                Duration.ofHours(8),
                Duration.ofSeconds(5)));
    pages = new Pages(house.url());
  }

  @AfterEach
  void close() {
    house.close();
  }

  /** Presses the button of a page, and gives where the browser is led. */
  private String leave(Pages from, String path, String... fields) throws Exception {
    var answer = from.post(path + "?lang=en", fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("__Host-govcloud-provider=")
        .contains("HttpOnly", "Secure", "SameSite=Lax");
    var refresh = answer.headers().firstValue("Refresh").orElseThrow();
    assertThat(answer.body()).contains(provider.issuer());
    return refresh.substring("0; url=".length());
  }

  private HttpResponse<String> comeBack(Pages to, String query) throws Exception {
    return to.get(IdentityProvider.RETURN + "?" + query);
  }

  private HttpResponse<String> firstVisit(String account, String person, String methods)
      throws Exception {
    var way =
        leave(pages, "/first-visit/provider", "account", account, "code", house.code(account));
    return comeBack(pages, provider.browser().signIn(way, person, methods));
  }

  private HttpResponse<String> signIn(Pages from, String account, String person, String methods)
      throws Exception {
    var way = leave(from, "/sign-in/provider", "account", account);
    return comeBack(from, provider.browser().signIn(way, person, methods));
  }

  private static void in(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(answer.headers().allValues("Set-Cookie"))
        .anyMatch(
            set ->
                set.startsWith(SessionCookie.NAME + "=zhang-san.")
                    && set.contains("SameSite=Strict"))
        .anyMatch(set -> set.startsWith("__Host-govcloud-provider=;"));
    assertThat(answer.headers().firstValue("Refresh")).contains("0; url=/my-account?lang=en");
  }

  private static void out(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("Not signed in:");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .noneMatch(set -> set.startsWith(SessionCookie.NAME));
  }

  private SignInFault lastFault(String account) {
    var refusals =
        house.accounts.events(account).stream()
            .filter(AccountEvent.SignInRefused.class::isInstance)
            .map(event -> ((AccountEvent.SignInRefused) event).fault())
            .toList();
    return refusals.get(refusals.size() - 1);
  }

  @Test
  void invited_comesInAndComesBack_alsoOverAnotherNode() throws Exception {
    assertThat(pages.get("/sign-in?lang=en").body()).contains("Sign in through 统一身份认证");
    in(firstVisit("zhang-san", "24400320", "pwd mfa"));
    assertThat(house.accounts.events("zhang-san"))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("Invited", "ProviderLinked", "SignedIn");
    var another = new Pages(house.url(1));
    in(signIn(another, "zhang-san", "24400320", "pwd mfa"));
    assertThat(another.get("/my-account?lang=en").body())
        .contains("Through the identity provider")
        .doesNotContain("Change the password");
  }

  @Test
  void signedOutAtTheProvider_isSignedOutOnEveryNode() throws Exception {
    in(firstVisit("zhang-san", "24400320", "pwd mfa"));
    var way = leave(pages, "/sign-in/provider", "account", "zhang-san");
    var browser = provider.browser();
    in(comeBack(pages, browser.signIn(way, "24400320", "pwd mfa")));
    var another = new Pages(house.url(1));
    in(signIn(another, "zhang-san", "24400320", "pwd mfa"));
    browser.signOut(provider.issuer());
    var form = provider.signOut();
    assertThat(signOut(form.replace("logout_token=", "logout_token=x")).statusCode())
        .isEqualTo(400);
    assertThat(pages.get("/my-account").statusCode()).isEqualTo(200);

    assertThat(signOut(form).statusCode()).isEqualTo(200);
    assertThat(house.accounts.events("zhang-san"))
        .filteredOn(AccountEvent.SessionEnded.class::isInstance)
        .hasSize(3);
    Thread.sleep(Visitors.BELIEVED.toMillis());
    assertThat(pages.get("/my-account").statusCode()).isEqualTo(303);
    assertThat(another.get("/my-account").statusCode()).isEqualTo(303);

    in(signIn(new Pages(house.url()), "zhang-san", "24400320", "pwd mfa"));
    var again = signOut(form);
    assertThat(again.statusCode()).isEqualTo(400);
    assertThat(again.body()).contains("PROVIDER_LOGOUT_REFUSED", "came before");
    assertThat(house.accounts.events("zhang-san"))
        .filteredOn(AccountEvent.SessionEnded.class::isInstance)
        .hasSize(3);
  }

  /** What the provider does; it has no cookie of the cloud, and says so of no page. */
  private HttpResponse<String> signOut(String form) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(house.url(1) + "/sign-in/provider/logout"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void somebodyElseAtTheProvider_isKeptOut() throws Exception {
    in(firstVisit("zhang-san", "24400320", "pwd mfa"));
    out(signIn(new Pages(house.url()), "zhang-san", "24400321", "pwd mfa"));
    assertThat(lastFault("zhang-san")).isEqualTo(SignInFault.PROVIDER_IDENTITY_WRONG);
    out(signIn(new Pages(house.url()), "nobody-here", "24400320", "pwd mfa"));
    assertThat(lastFault("nobody-here")).isEqualTo(SignInFault.ACCOUNT_UNKNOWN);
  }

  @Test
  void passwordAlone_isKeptOut_andLinksNothing() throws Exception {
    out(firstVisit("zhang-san", "24400320", "pwd"));
    assertThat(lastFault("zhang-san")).isEqualTo(SignInFault.PROVIDER_FACTOR_MISSING);
    in(firstVisit("zhang-san", "24400320", "pwd mfa"));
  }

  @Test
  void answer_broughtByAnotherBrowser_orTwice_isRefused() throws Exception {
    in(firstVisit("zhang-san", "24400320", "pwd mfa"));
    var own = new Pages(house.url());
    var way = leave(own, "/sign-in/provider", "account", "zhang-san");
    var query = provider.browser().signIn(way, "24400320", "pwd mfa");
    var stranger = new Pages(house.url());
    var stolen = comeBack(stranger, query);
    assertThat(stolen.statusCode()).isEqualTo(401);
    leave(stranger, "/sign-in/provider", "account", "zhang-san");
    assertThat(comeBack(stranger, query).statusCode()).isEqualTo(401);
    var again = own.copy();
    in(comeBack(own, query + "&lang=en"));
    out(comeBack(again, query));
    assertThat(lastFault("zhang-san")).isEqualTo(SignInFault.PROVIDER_REFUSED);
  }

  @Test
  void codeOfTheInvitation_wrong_linksNothing() throws Exception {
    house.code("zhang-san");
    var way =
        leave(
            pages, "/first-visit/provider", "account", "zhang-san", "code", "AAAA-BBBB-CCCC-DDDD");
    out(comeBack(pages, provider.browser().signIn(way, "24400320", "pwd mfa")));
    assertThat(lastFault("zhang-san")).isEqualTo(SignInFault.INVITATION_WRONG);
  }

  @Test
  void peopleOfThePlatform_areTold() throws Exception {
    var answer = firstVisit("operator", "24400320", "pwd mfa");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("do not come in through the provider");
  }
}
