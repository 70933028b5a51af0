package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the profile mlps3 a password ends after 90 days, and none of the last five comes back. */
@Tag("slow")
class OldPasswordTest {

  private static final String FIRST = "Rain over the harbour 1";
  private static final String NEXT = "Snow over the harbour 2";

  @TempDir private Path folder;

  @Test
  void password_ofThreeMonths_opensOnlyTheWayToAnotherOne() throws Exception {
    try (var house = new IdentityHouse(folder, PasswordProfile.MLPS3)) {
      var code = house.code("zhang-san");
      assertThat(house.visitFirst("zhang-san", IdentityHouse.PASSWORD, code).code())
          .isEqualTo("PASSWORD_TOO_WEAK");
      assertThat(house.visitFirst("zhang-san", FIRST, code).status()).isEqualTo(200);
      house.now = house.now.plus(Duration.ofDays(90));
      var pages = new Pages(house.url(0));
      var in =
          pages.post(
              "/sign-in",
              "account",
              "zhang-san",
              "password",
              FIRST,
              "code",
              house.totp("zhang-san"));
      assertThat(in.statusCode()).isEqualTo(303);
      assertThat(pages.get("/v1/catalogue").body()).contains("PASSWORD_EXPIRED");
      assertThat(pages.get("/v1/me").statusCode()).isEqualTo(200);
      assertThat(change(pages, FIRST, FIRST).body()).contains("was used before");
      assertThat(change(pages, "wrong over the harbour 9", FIRST).statusCode()).isEqualTo(401);
      assertThat(change(pages, FIRST, NEXT).statusCode()).isEqualTo(303);
      Thread.sleep(Visitors.BELIEVED.plusMillis(200).toMillis());
      assertThat(pages.get("/v1/catalogue").body()).doesNotContain("PASSWORD_EXPIRED");
    }
  }

  @Test
  void invitation_renewed_doesNotLetTheLastPasswordComeBack() throws Exception {
    try (var house = new IdentityHouse(folder, PasswordProfile.MLPS3)) {
      house.visitFirst("zhang-san", FIRST, house.code("zhang-san"));
      house.visitFirst("security-admin", FIRST, house.code("security-admin"));
      house.now = house.now.plus(Duration.ofSeconds(30));
      var security = house.attempt(0, "security-admin", FIRST, house.totp("security-admin")).json();
      var renewed =
          house
              .at(0, security.path("token").asText())
              .send("POST", "/v1/accounts/zhang-san/invitation", "{}");
      var code = renewed.json().path("code").asText();
      assertThat(house.visitFirst("zhang-san", FIRST, "wrong").status()).isEqualTo(401);
      assertThat(house.visitFirst("zhang-san", FIRST, code).code())
          .isEqualTo("PASSWORD_USED_BEFORE");
      assertThat(house.visitFirst("zhang-san", NEXT, code).status()).isEqualTo(200);
    }
  }

  private static java.net.http.HttpResponse<String> change(
      Pages pages, String password, String next) throws Exception {
    return pages.post(
        "/my-account/password?lang=en", "csrf", pages.word(), "password", password, "next", next);
  }
}
