package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.node.http.Client;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two auditors keep the trail for longer: each signs the exact command with a passkey. */
@Tag("slow")
class ApprovalTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String RIGHT = IdentityHouse.PASSWORD;

  @TempDir private Path folder;
  private IdentityHouse house;
  private Person first;
  private Person second;

  /** Somebody at a browser. */
  private final class Person {
    private final String account;
    private final SoftwareAuthenticator authenticator;
    private final Pages pages = new Pages(house.url(0));

    Person(String account, String code) throws Exception {
      this.account = account;
      this.authenticator = new SoftwareAuthenticator("key-of-" + account);
      house.visitFirst(account, code);
      house.now = house.now.plus(Duration.ofSeconds(30));
      var in =
          pages.post(
              "/sign-in", "account", account, "password", RIGHT, "code", house.totp(account));
      assertThat(in.statusCode()).isEqualTo(303);
    }

    Person withPasskey() throws Exception {
      var begun =
          pages.post(
              "/my-account/passkeys", "csrf", pages.word(), "name", "desk key", "password", RIGHT);
      var made = authenticator.make(Pages.options(begun));
      var added =
          pages.post(
              "/my-account/passkeys/added",
              "csrf",
              pages.word(),
              "name",
              "desk key",
              "answer",
              made);
      assertThat(added.statusCode()).isEqualTo(303);
      return this;
    }

    Client api() {
      return house.at(1, house.signIn(account));
    }

    HttpResponse<String> looks(String operation) throws Exception {
      return pages.get("/approvals/" + operation + "?lang=en");
    }

    /** What the authenticator gives for what the page asks. */
    String answer(String operation) throws Exception {
      return authenticator.sign(Pages.options(looks(operation)));
    }

    HttpResponse<String> sends(String operation, String answer) throws Exception {
      return pages.post(
          "/approvals/" + operation + "?lang=en", "csrf", pages.word(), "answer", answer);
    }

    void signs(String operation) throws Exception {
      assertThat(sends(operation, answer(operation)).statusCode()).isEqualTo(303);
    }
  }

  @BeforeEach
  void open() throws Exception {
    house = new IdentityHouse(folder);
    first = new Person("audit-admin", house.code("audit-admin")).withPasskey();
    var security = new Person("security-admin", house.code("security-admin")).api();
    var invited =
        security.send(
            "PUT",
            "/v1/accounts/qian-qi",
            "{\"name\": \"钱七\", \"roles\": [\"audit-administrator\"]}");
    assertThat(invited.status()).as(invited.json().toString()).isEqualTo(201);
    second = new Person("qian-qi", invited.json().path("code").asText());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private String asked(int days) {
    var answer =
        first
            .api()
            .send(
                "PUT",
                "/v1/audit/retention",
                "{\"days\": " + days + "}",
                "Idempotency-Key",
                "keep-" + days);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
    var operation = answer.json().path("operation").asText();
    assertThat(answer.json().path("page").asText()).isEqualTo("/approvals/" + operation);
    return operation;
  }

  private int days() {
    return first.api().send("GET", "/v1/audit/retention", null).json().path("days").asInt();
  }

  private JsonNode evidence(String operation) {
    return first.api().send("GET", "/v1/approvals/" + operation, null).json();
  }

  private static void requireTold(HttpResponse<String> page, int status, String text) {
    assertThat(page.body()).contains(text);
    assertThat(page.statusCode()).isEqualTo(status);
  }

  @Test
  void twoPeople_sign_isDone_andWhatTheySignedIsKept() throws Exception {
    second.withPasskey();
    var operation = asked(400);
    assertThat(first.looks(operation).body())
        .contains("command: audit.keep", "subject: days/400", "asked by: audit-admin");
    first.signs(operation);
    assertThat(days()).isEqualTo(183);
    assertThat(first.looks(operation).body()).contains("You have signed");
    second.signs(operation);
    assertThat(days()).isEqualTo(400);
    var kept = evidence(operation);
    assertThat(kept.path("status").asText()).isEqualTo("succeeded");
    assertThat(kept.path("signatures")).hasSize(2);
    for (var one : kept.path("signatures")) {
      assertThat(one.path("command")).isEqualTo(kept.path("command"));
    }
    assertThat(kept.at("/signatures/1/person").asText()).isEqualTo("qian-qi");
  }

  @Test
  void throughTheApi_onAnotherNode_isTheSame() throws Exception {
    second.withPasskey();
    var operation = asked(400);
    first.signs(operation);
    var challenge = evidence(operation).path("challenge").asText();
    var options = JSON.writeValueAsString(Map.of("publicKey", Map.of("challenge", challenge)));
    var body = JSON.writeValueAsString(Map.of("answer", second.authenticator.sign(options)));
    var signed = second.api().send("POST", "/v1/approvals/" + operation, body);
    assertThat(signed.status()).as(signed.json().toString()).isEqualTo(200);
    assertThat(signed.json().path("status").asText()).isEqualTo("succeeded");
  }

  @Test
  void samePersonTwice_isRefused() throws Exception {
    var operation = asked(400);
    var options = Pages.options(first.looks(operation));
    first.signs(operation);
    requireTold(
        first.sends(operation, first.authenticator.sign(options)), 403, "somebody else must");
    assertThat(evidence(operation).path("signatures")).hasSize(1);
  }

  @Test
  void signatureOverAnotherCommand_isRefused() throws Exception {
    var operation = asked(400);
    var other = asked(500);
    requireTold(first.sends(operation, first.answer(other)), 422, "over something else");
    assertThat(evidence(operation).path("signatures")).isEmpty();
  }

  @Test
  void signatureSentAgain_orUnderAnotherName_isRefused() throws Exception {
    second.withPasskey();
    var operation = asked(400);
    var answer = first.answer(operation);
    assertThat(first.sends(operation, answer).statusCode()).isEqualTo(303);
    requireTold(first.sends(operation, answer), 409, "to go on");
    requireTold(second.sends(operation, answer), 422, "PASSKEY_UNKNOWN");
    assertThat(evidence(operation).path("signatures")).hasSize(1);
  }

  @Test
  void signatureAtAnotherSite_orUnverified_isRefused() throws Exception {
    var operation = asked(400);
    first.authenticator.origin = "https://localhost.evil.example";
    requireTold(first.sends(operation, first.answer(operation)), 422, "PASSKEY_ORIGIN_WRONG");
    first.authenticator.origin = "https://localhost:8443";
    first.authenticator.flags = 0x01;
    requireTold(first.sends(operation, first.answer(operation)), 422, "PASSKEY_SIGNATURE_WRONG");
    requireTold(first.sends(operation, ""), 422, "PASSKEY_SIGNATURE_WRONG");
    assertThat(evidence(operation).path("signatures")).isEmpty();
    var trail = first.api().send("GET", "/v1/audit/records?code=PASSKEY_ORIGIN_WRONG", null).json();
    assertThat(trail.at("/items/0/action").asText()).isEqualTo("signApprovalByPage");
    assertThat(trail.at("/items/0/person").asText()).isEqualTo("audit-admin");
  }

  @Test
  void withoutPasskey_isToldWhatToDo() throws Exception {
    var operation = asked(400);
    requireTold(second.looks(operation), 200, "href=\"/my-account?lang=en\"");
    var body = "{\"answer\": \"{}\"}";
    assertThat(second.api().send("POST", "/v1/approvals/" + operation, body).code())
        .isEqualTo("PASSKEY_NEEDED");
  }

  @Test
  void otherRoles_seeItAndDoNotSign_orSeeNothing() throws Exception {
    var operation = asked(400);
    var system = new Person("system-admin", house.code("system-admin")).withPasskey();
    requireTold(system.looks(operation), 200, "Your role does not sign this command.");
    var signed = system.authenticator.sign(optionsOf(operation));
    requireTold(system.sends(operation, signed), 403, "Your role does not sign this command.");
    var clerk = new Person("zhang-san", house.code("zhang-san"));
    requireTold(clerk.looks(operation), 403, "Your role may not see this page.");
    var list = clerk.pages.get("/approvals?lang=en");
    requireTold(list, 403, "Your role may not see this page.");
    assertThat(list.body()).doesNotContain("All commands that wait");
    assertThat(clerk.looks(operation).body()).doesNotContain("All commands that wait");
    assertThat(system.looks(operation).body()).contains("All commands that wait");
    assertThat(new Pages(house.url(0)).get("/approvals").statusCode()).isEqualTo(303);
  }

  private String optionsOf(String operation) throws Exception {
    return "{\"publicKey\": {\"challenge\": \""
        + evidence(operation).path("challenge").asText()
        + "\"}}";
  }
}
