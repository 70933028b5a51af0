package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.node.http.Client;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The first people of a cloud with accounts, each of whom signs commands with a passkey. */
public final class Officers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PASSWORD = "rain over the old bridge";
  private static final Duration STEP = Duration.ofSeconds(30);

  private final String url;
  private final MovingClock clock;
  private final Map<String, String> codes = new HashMap<>();

  /**
   * Makes the first accounts of a cloud.
   *
   * @param token of the installation
   * @param clock of its nodes; goes on when somebody signs in, as a code is good once
   */
  public Officers(String url, String token, MovingClock clock) {
    this.url = url;
    this.clock = clock;
    var made = new Client(url, token).send("POST", "/v1/first-accounts", "{}");
    assertThat(made.status()).as(made.json().toString()).isEqualTo(200);
    for (JsonNode code : made.json().path("codes")) {
      codes.put(code.path("account").asText(), code.path("code").asText());
    }
  }

  /** Somebody comes in for the first time, and adds a passkey. */
  public Officer come(String account) throws Exception {
    var visited =
        stranger()
            .send(
                "POST",
                "/v1/first-visits",
                IdentityHouse.attempt(account, PASSWORD, codes.get(account)));
    assertThat(visited.status()).as(visited.json().toString()).isEqualTo(200);
    var officer = new Officer(account, visited.json().path("totp_secret").asText());
    officer.addPasskey();
    return officer;
  }

  private Client stranger() {
    return new Client(url, "none");
  }

  /** One of them. */
  public final class Officer {
    private final String account;
    private final String secret;
    private final SoftwareAuthenticator authenticator;

    private Officer(String account, String secret) throws Exception {
      this.account = account;
      this.secret = secret;
      this.authenticator = new SoftwareAuthenticator("key-of-" + account);
    }

    private String code() {
      clock.forward(STEP);
      return Totp.code(secret, clock.instant().getEpochSecond() / STEP.toSeconds());
    }

    private void addPasskey() throws Exception {
      var pages = new Pages(url);
      pages.post("/sign-in", "account", account, "password", PASSWORD, "code", code());
      var begun =
          pages.post(
              "/my-account/passkeys", "csrf", pages.word(), "name", "desk", "password", PASSWORD);
      var made = authenticator.make(Pages.options(begun));
      var added =
          pages.post(
              "/my-account/passkeys/added", "csrf", pages.word(), "name", "desk", "answer", made);
      assertThat(added.statusCode()).isEqualTo(303);
    }

    /** Signs in. */
    public Client api() {
      var session =
          stranger().send("POST", "/v1/sessions", IdentityHouse.attempt(account, PASSWORD, code()));
      assertThat(session.status()).as(session.json().toString()).isEqualTo(201);
      return new Client(url, session.json().path("token").asText());
    }

    /** Signs in, and signs a command that waits for two people. */
    public Client.Answer signs(String operation) throws Exception {
      var api = api();
      var challenge = api.send("GET", "/v1/approvals/" + operation, null).json().path("challenge");
      var options =
          JSON.writeValueAsString(Map.of("publicKey", Map.of("challenge", challenge.asText())));
      var body = JSON.writeValueAsString(Map.of("answer", authenticator.sign(options)));
      return api.send("POST", "/v1/approvals/" + operation, body);
    }
  }
}
