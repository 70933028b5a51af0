package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.domain.identity.AccountEvent;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of open invitations, as a browser without script has it. */
@Tag("slow")
class InvitationPageTest {
  private static final String PATH = "/invitations?lang=en";
  private static final Pattern CODE = Pattern.compile("<dt>Code</dt><dd>([^<]+)</dd>");

  @TempDir private Path folder;
  private IdentityHouse house;

  @BeforeEach
  void open() throws Exception {
    house = new IdentityHouse(folder);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Pages as(String account) throws Exception {
    if (house.secret(account) == null) {
      house.visitFirst(account, house.code(account));
    }
    house.now = house.now.plus(Duration.ofSeconds(30));
    var pages = new Pages(house.url());
    var in =
        pages.post(
            "/sign-in",
            "account",
            account,
            "password",
            IdentityHouse.PASSWORD,
            "code",
            house.totp(account));
    assertThat(in.statusCode()).isEqualTo(303);
    return pages;
  }

  /** What the button of somebody carries. */
  private static String version(String page, String account) {
    var found =
        Pattern.compile(
                "/invitations/" + account + "/renewed.*?name=\"version\" value=\"([0-9]+)\"",
                Pattern.DOTALL)
            .matcher(page);
    assertThat(found.find()).as(page).isTrue();
    return found.group(1);
  }

  private static HttpResponse<String> press(
      Pages pages, String account, String action, String version) throws Exception {
    return pages.post(
        "/invitations/" + account + "/" + action + "?lang=en",
        "csrf",
        pages.word(),
        "version",
        version);
  }

  @Test
  void securityAdministrator_seesWhoHasNotComeIn_othersDoNot() throws Exception {
    var security = as("security-admin");
    assertThat(security.get("/my-account?lang=en").body())
        .contains("href=\"/invitations?lang=en\"");
    var page = security.get(PATH).body();
    assertThat(page)
        .contains("张三 (zhang-san)", "transport, as clerk", "code good until 2026-03-02 09:30")
        .contains("operator", "aria-label=\"Another code: 张三\"")
        .doesNotContain("(security-admin)", "<script");
    assertThat(security.get("/invitations?lang=zh").body()).contains("待接受的邀请", "撤回邀请", "lang=\"zh");
    house.visitFirst("zhang-san", house.code("zhang-san"));
    assertThat(security.get(PATH).body()).doesNotContain("zhang-san").contains("li-si");
    for (var other : new String[] {"audit-admin", "zhang-san"}) {
      var pages = as(other);
      var refused = pages.get(PATH);
      assertThat(refused.statusCode()).as(other).isEqualTo(403);
      assertThat(refused.body()).contains("Your role").doesNotContain("li-si");
      assertThat(press(pages, "li-si", "renewed", "1").statusCode()).isEqualTo(403);
      assertThat(press(pages, "li-si", "withdrawn", "1").statusCode()).isEqualTo(403);
    }
    assertThat(new Pages(house.url()).get(PATH).statusCode()).isEqualTo(303);
    assertThat(house.accounts.events("li-si")).hasSize(1);
  }

  @Test
  void invitation_renewed_tellsTheCodeOnce_andThePageBeforeRenewsNothing() throws Exception {
    var security = as("security-admin");
    var version = version(security.get(PATH).body(), "zhang-san");
    var told = press(security, "zhang-san", "renewed", version);
    assertThat(told.statusCode()).isEqualTo(200);
    assertThat(told.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    var code = CODE.matcher(told.body());
    assertThat(code.find()).as(told.body()).isTrue();
    assertThat(security.get(PATH).body()).doesNotContain(code.group(1));
    var again = press(security, "zhang-san", "renewed", version);
    assertThat(again.statusCode()).isEqualTo(412);
    assertThat(again.body()).contains("Look again");
    assertThat(house.visitFirst("zhang-san", house.code("zhang-san")).status()).isEqualTo(401);
    assertThat(house.visitFirst("zhang-san", code.group(1)).status()).isEqualTo(200);
    assertThat(press(security, "security-admin", "renewed", "1").body())
        .contains("Nobody decides on an account of their own");
    var foreign = security.post("/invitations/li-si/renewed", "csrf", "wrong", "version", "1");
    assertThat(foreign.statusCode()).isEqualTo(403);
    recorded("renewInvitationByPage", "zhang-san");
  }

  @Test
  void invitation_withdrawn_isGoneAndItsCodeLetsNobodyIn() throws Exception {
    var security = as("security-admin");
    var version = version(security.get(PATH).body(), "zhang-san");
    var gone = press(security, "zhang-san", "withdrawn", version);
    assertThat(gone.statusCode()).isEqualTo(303);
    assertThat(security.get(PATH).body()).doesNotContain("zhang-san").contains("li-si");
    assertThat(house.visitFirst("zhang-san", house.code("zhang-san")).status()).isEqualTo(401);
    assertThat(house.accounts.events("zhang-san"))
        .hasAtLeastOneElementOfType(AccountEvent.Suspended.class);
    recorded("withdrawInvitationByPage", "zhang-san");
  }

  private void recorded(String action, String account) {
    house.visitFirst("audit-admin", house.code("audit-admin"));
    var auditor = house.at(0, house.signIn("audit-admin"));
    var path = "/v1/audit/records?action=" + action;
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(auditor.send("GET", path, null).json().path("items"))
                    .anySatisfy(
                        one -> {
                          assertThat(one.path("person").asText()).isEqualTo("security-admin");
                          assertThat(one.path("object").asText()).contains(account);
                          assertThat(one.path("outcome").asText()).isNotEqualTo("denied");
                        }));
  }
}
