package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as a browser without script uses them. */
class SignInPagesTest {

  private static final Pattern SECRET =
      Pattern.compile("<code class=\"secret\">([A-Z2-7 ]+)</code>");
  private static final Pattern HIDDEN =
      Pattern.compile("name=\"csrf\" value=\"(.*?)\"><input[^>]*name=\"session\" value=\"(.*?)\"");

  @TempDir private Path folder;
  private IdentityHouse house;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void open() throws IOException {
    house = new IdentityHouse(folder);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void firstVisit_signIn_myAccount_signOut() throws Exception {
    var signIn = signIn(secret());
    assertThat(signIn.statusCode()).isEqualTo(303);
    assertThat(signIn.headers().firstValue("Location")).hasValue("/my-account?lang=zh");
    var cookie = signIn.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie)
        .startsWith("__Host-govcloud-session=operator.")
        .contains("; Path=/; Secure; HttpOnly; SameSite=Strict")
        .doesNotContain("Domain");
    var session = cookie.substring(0, cookie.indexOf(';'));
    var account = get("/my-account?lang=en", session);
    assertThat(account.body()).contains("operator", "This session", "Sign out");
    var hidden = HIDDEN.matcher(account.body());
    assertThat(hidden.find()).isTrue();
    var stolen = post("/my-account", session, "session", hidden.group(2), "csrf", "none");
    assertThat(stolen.statusCode()).isEqualTo(403);
    var out = post("/my-account", session, "session", hidden.group(2), "csrf", hidden.group(1));
    assertThat(out.statusCode()).isEqualTo(303);
    assertThat(out.headers().firstValue("Set-Cookie").orElseThrow()).contains("Max-Age=0");
    Thread.sleep(Visitors.BELIEVED.toMillis() + 100);
    assertThat(get("/my-account", session).statusCode()).isEqualTo(303);
  }

  /** What the page shows after a first visit. */
  private String secret() throws Exception {
    var code = house.code("operator");
    var visit =
        post(
            "/first-visit",
            "",
            "account",
            "operator",
            "code",
            code,
            "password",
            IdentityHouse.PASSWORD);
    assertThat(visit.statusCode()).isEqualTo(200);
    var secret = SECRET.matcher(visit.body());
    assertThat(secret.find()).isTrue();
    return secret.group(1).replace(" ", "");
  }

  private HttpResponse<String> signIn(String secret) throws Exception {
    var code = Totp.code(secret, house.now.getEpochSecond() / 30);
    return post(
        "/sign-in", "", "account", "operator", "password", IdentityHouse.PASSWORD, "code", code);
  }

  @Test
  void wrongPassword_asksAgainWithoutSayingWhat() throws Exception {
    var answer =
        post("/sign-in", "", "account", "<b>nobody", "password", "wrong", "code", "000000");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("账号、密码、代码或通行密钥不正确").doesNotContain("<b>nobody");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("form-action 'self'", "frame-ancestors 'none'");
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(house.url() + path)).header("Cookie", cookie).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String cookie, String... fields) throws Exception {
    var body = new StringBuilder();
    for (int i = 0; i < fields.length; i += 2) {
      body.append(i > 0 ? "&" : "")
          .append(fields[i])
          .append('=')
          .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
    }
    var request =
        HttpRequest.newBuilder(URI.create(house.url() + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
