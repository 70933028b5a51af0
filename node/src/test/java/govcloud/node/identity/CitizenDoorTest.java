package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.node.http.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Citizens come in, and no further than to what is their own. */
@Tag("slow")
class CitizenDoorTest {

  private static final String NUMBER = "999999199001010016";
  private static final String IDENTITY = "/v1/accounts/wang-xiaoming/identity";

  @TempDir private Path folder;
  private IdentityHouse house;
  private Client security;

  @BeforeEach
  void open() throws IOException {
    house = new IdentityHouse(folder);
    house.visitFirst("security-admin", house.code("security-admin"));
    security = house.at(0, house.signIn("security-admin"));
    var invited =
        security.send(
            "PUT", "/v1/accounts/wang-xiaoming", "{\"name\": \"王小明\", \"roles\": [\"citizen\"]}");
    house.visitFirst("wang-xiaoming", invited.json().path("code").asText());
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Client.Answer prove(String number) {
    return security.send("POST", IDENTITY, "{\"number\": \"" + number + "\"}");
  }

  @Test
  void identity_proved_staysAndIsShownToNobody() {
    assertThat(prove("999999199001010018").code()).isEqualTo("ACCOUNT_IDENTITY_INVALID");
    assertThat(prove(NUMBER).status()).isEqualTo(200);
    assertThat(prove(NUMBER).status()).isEqualTo(200);
    assertThat(prove("999999199202020026").code()).isEqualTo("ACCOUNT_IDENTITY_OTHER");
    var shown = security.send("GET", "/v1/accounts/wang-xiaoming", null);
    assertThat(shown.json().path("identity_proved").asBoolean()).isTrue();
    var history = security.send("GET", "/v1/accounts/wang-xiaoming/history", null);
    assertThat(history.response().body()).contains("identity-proved").doesNotContain(NUMBER);
    assertThat(shown.response().body()).doesNotContain(NUMBER);
  }

  @Test
  void identity_ofStaffIsProved_ofOthersOrByAnotherDuty_isRefused() {
    var clerk =
        security.send(
            "POST", "/v1/accounts/zhang-san/identity", "{\"number\": \"" + NUMBER + "\"}");
    assertThat(clerk.status()).as(clerk.response().body()).isEqualTo(200);
    var auditor =
        security.send(
            "POST", "/v1/accounts/audit-admin/identity", "{\"number\": \"" + NUMBER + "\"}");
    assertThat(auditor.code()).isEqualTo("ACCOUNT_IDENTITY_OTHER");
    var citizen = house.at(0, house.signIn("wang-xiaoming"));
    assertThat(citizen.send("POST", IDENTITY, "{\"number\": \"" + NUMBER + "\"}").code())
        .isEqualTo("NOT_ALLOWED");
    var both =
        security.send(
            "POST", "/v1/accounts/wang-xiaoming/roles", "{\"roles\": [\"citizen\", \"operator\"]}");
    assertThat(both.code()).isEqualTo("ACCOUNT_DUTIES_EXCLUSIVE");
  }

  @Test
  void citizen_signedIn_reachesTheOwnAndNoDepartment() {
    var citizen = house.at(0, house.signIn("wang-xiaoming"));
    assertThat(citizen.send("GET", "/v1/me/accesses", null).code()).isEqualTo("UNAVAILABLE");
    assertThat(house.last.actor()).isEqualTo(new Actor("wang-xiaoming", "citizen"));
    for (var path :
        List.of(
            "/v1/tenants/transport",
            "/v1/tenants/transport/worklist",
            "/v1/tenants/police/objections",
            "/v1/exchange/objections",
            "/v1/accounts/wang-xiaoming")) {
      assertThat(citizen.send("GET", path, null).code()).as(path).isEqualTo("NOT_ALLOWED");
    }
    house.visitFirst("zhang-san", house.code("zhang-san"));
    var clerk = house.at(0, house.signIn("zhang-san"));
    assertThat(clerk.send("GET", "/v1/me/accesses", null).code()).isEqualTo("NOT_ALLOWED");
  }

  @Test
  void button_pressed_actsForTheOneWhoseSessionItIs_andForNoOtherSite() throws Exception {
    var pages = new Pages(house.url());
    assertThat(pages.post("/my-data?lang=en", "csrf", "x").body()).contains("TOKEN_NEEDED");
    house.signIn("wang-xiaoming");
    house.now = house.now.plusSeconds(30);
    pages.post(
        "/sign-in?lang=en",
        "account",
        "wang-xiaoming",
        "password",
        IdentityHouse.PASSWORD,
        "code",
        house.totp("wang-xiaoming"));
    assertThat(pages.get("/my-account?lang=en").body()).contains("href=\"/my-data?lang=en\"");
    assertThat(pages.post("/my-data?lang=en", "csrf", "x").body()).contains("CSRF_TOKEN_WRONG");
    assertThat(house.pressedBy).isNull();
    assertThat(pages.post("/my-data?lang=en", "csrf", pages.word()).body()).contains("UNAVAILABLE");
    assertThat(house.pressedBy).isEqualTo(new Actor("wang-xiaoming", "citizen"));
  }
}
