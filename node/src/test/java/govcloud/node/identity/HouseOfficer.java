package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.node.http.Client;
import java.time.Duration;
import java.util.Map;

/** One of the first people of a house, who has come in and has a passkey. */
final class HouseOfficer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final IdentityHouse house;
  private final SoftwareAuthenticator authenticator;
  private final String account;

  HouseOfficer(IdentityHouse house, String account) throws Exception {
    this.house = house;
    this.account = account;
    this.authenticator = new SoftwareAuthenticator("key-of-" + account);
    var pages = new Pages(house.url(0));
    house.visitFirst(account, house.code(account));
    house.now = house.now.plus(Duration.ofSeconds(30));
    var right = IdentityHouse.PASSWORD;
    pages.post("/sign-in", "account", account, "password", right, "code", house.totp(account));
    var begun =
        pages.post("/my-account/passkeys", "csrf", pages.word(), "name", "desk", "password", right);
    var made = authenticator.make(Pages.options(begun));
    var added =
        pages.post(
            "/my-account/passkeys/added", "csrf", pages.word(), "name", "desk", "answer", made);
    assertThat(added.statusCode()).isEqualTo(303);
  }

  /** Signs in. */
  Client api() {
    return house.at(1, house.signIn(account));
  }

  /** Signs what the cloud shows. */
  Client.Answer signs(String operation) throws Exception {
    return signs(operation, sees(operation).path("challenge").asText());
  }

  /** Signs something. */
  Client.Answer signs(String operation, String challenge) throws Exception {
    var options = JSON.writeValueAsString(Map.of("publicKey", Map.of("challenge", challenge)));
    var body = JSON.writeValueAsString(Map.of("answer", authenticator.sign(options)));
    return api().send("POST", "/v1/approvals/" + operation, body);
  }

  JsonNode sees(String operation) {
    return api().send("GET", "/v1/approvals/" + operation, null).json();
  }

  /** Asks for a dangerous command; the operation that is signed. */
  String asks(String path, String wish) {
    var answer = api().send("POST", path, wish);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
    return answer.json().path("operation").asText();
  }
}
