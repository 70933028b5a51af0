package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.identity.SignInSource;
import govcloud.node.http.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down about whom. Each attack is answered with its code and leaves its record. */
@Tag("slow")
class AuditTest {

  private static final String CASE = "/v1/tenants/transport/apps/permits/cases/c-1/history";

  @TempDir private Path folder;
  private IdentityHouse house;
  private Client auditor;

  @BeforeEach
  void open() throws IOException {
    house = new IdentityHouse(folder);
    auditor = signedIn("audit-admin");
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Client signedIn(String account) {
    house.visitFirst(account, house.code(account));
    return house.at(0, house.signIn(account));
  }

  /** What the auditor finds; whatever was answered before is there by then. */
  private List<String> audit(String query) {
    var lines = new ArrayList<String>();
    for (var item : search(query).path("items")) {
      lines.add(
          "%s %s/%s %s %s %s"
              .formatted(
                  item.path("action").asText(),
                  item.path("person").asText(),
                  item.path("role").asText(),
                  item.path("object").asText(),
                  item.path("outcome").asText(),
                  item.path("code").asText())
              .strip());
    }
    return lines;
  }

  private JsonNode search(String query) {
    var answer = auditor.send("GET", "/v1/audit/records?" + query, null);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void caseRead_leavesWhoDutyObjectSourceAndRequest() {
    assertThat(signedIn("zhang-san").send("GET", CASE, null).status()).isEqualTo(200);
    house
        .at(0, IdentityHouse.TOKEN)
        .send("GET", CASE, null, "Govcloud-Acting-As", "wang;role=clerk");
    var items = search("action=getCaseHistory").path("items");
    assertThat(items).hasSize(2);
    assertThat(items.at("/0/person").asText()).isEqualTo("zhang-san");
    assertThat(items.at("/0/role").asText()).isEqualTo("clerk");
    assertThat(items.at("/0/tenant").asText()).isEqualTo("transport");
    assertThat(items.at("/0/object").asText()).isEqualTo(CASE);
    assertThat(items.at("/0/outcome").asText()).isEqualTo("allowed");
    assertThat(items.at("/0/source").asText()).isEqualTo("127.0.0.1");
    assertThat(items.at("/0/request_id").asText()).isEqualTo("1".repeat(32));
    assertThat(items.at("/1/person").asText()).isEqualTo("wang");
    assertThat(items.at("/1/through").asText()).isEqualTo("command-line");
  }

  @Test
  void denied_withoutTokenOrRoleOrInAForeignDepartment_leavesTheTrueReason() {
    var foreign = CASE.replace("transport", "harbour");
    assertThat(house.stranger().anonymously("GET", CASE).code()).isEqualTo("TOKEN_NEEDED");
    assertThat(house.stranger().send("GET", CASE, null).code()).isEqualTo("TOKEN_WRONG");
    assertThat(signedIn("zhang-san").send("GET", foreign, null).code()).isEqualTo("NOT_FOUND");
    assertThat(signedIn("system-admin").send("GET", CASE, null).code()).isEqualTo("NOT_ALLOWED");
    assertThat(audit("action=getCaseHistory"))
        .containsExactlyInAnyOrder(
            "getCaseHistory / " + CASE + " denied TOKEN_NEEDED",
            "getCaseHistory / " + CASE + " denied TOKEN_WRONG",
            "getCaseHistory zhang-san/clerk " + foreign + " denied TENANT_FOREIGN",
            "getCaseHistory system-admin/system-administrator " + CASE + " denied NOT_ALLOWED");
  }

  @Test
  void signIn_refused_auditorLearnsWhyAndTheOneWhoTriesDoesNot() {
    house.visitFirst("zhang-san", house.code("zhang-san"));
    var wrong = house.attempt(0, "zhang-san", "wrong wrong wrong", "000000");
    var nobody = house.attempt(0, "nobody", "wrong wrong wrong", "000000");
    assertThat(wrong.code()).isEqualTo("SIGN_IN_REFUSED");
    assertThat(nobody.json().path("detail")).isEqualTo(wrong.json().path("detail"));
    assertThat(audit("action=beginSession&outcome=denied"))
        .containsExactly(
            "beginSession zhang-san/visitor /v1/sessions denied PASSWORD_WRONG",
            "beginSession nobody/visitor /v1/sessions denied ACCOUNT_UNKNOWN");
  }

  @Test
  void passwordsTriedInARow_lockTheAccountAndRaiseAnAlarm() {
    house.visitFirst("zhang-san", house.code("zhang-san"));
    var codes = new ArrayList<String>();
    for (int i = 0; i < 10; i++) {
      codes.add(house.attempt(0, "zhang-san", "wrong wrong wrong", "000000").code());
    }
    assertThat(codes.subList(0, 5)).containsOnly("SIGN_IN_REFUSED");
    assertThat(codes.subList(5, 10)).containsOnly("SIGN_IN_LOCKED");
    assertThat(audit("outcome=alarm"))
        .contains("brute-force zhang-san/visitor /v1/sessions alarm BRUTE_FORCE");
  }

  @Test
  void onePasswordTriedOnManyAccounts_closesItsSourceOnEveryNode_forATime() {
    house.visitFirst("zhang-san", house.code("zhang-san"));
    house.signIn("zhang-san");
    assertThat(house.accounts.hasWritten("source/")).as("nobody was refused").isFalse();
    for (int i = 0; i < SignInSource.NAMES_TO_SLOW; i++) {
      assertThat(house.attempt(0, "nobody-" + i, "rain rain rain rain", "000000").code())
          .isEqualTo("SIGN_IN_REFUSED");
    }
    var unknown = house.attempt(0, "nobody-x", "rain rain rain rain", "000000");
    var right = house.attempt(1, "zhang-san", IdentityHouse.PASSWORD, house.totp("zhang-san"));
    for (var answer : List.of(unknown, right)) {
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.code()).isEqualTo("SIGN_IN_SOURCE_CLOSED");
      assertThat(answer.header("Retry-After")).isEqualTo("6");
      assertThat(answer.json().path("detail")).isEqualTo(unknown.json().path("detail"));
    }
    // Each node writes down what came to it.
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(
            () ->
                assertThat(audit("code=SIGN_IN_SOURCE_CLOSED"))
                    .containsExactlyInAnyOrder(
                        "beginSession nobody-x/visitor /v1/sessions denied SIGN_IN_SOURCE_CLOSED",
                        "beginSession zhang-san/visitor /v1/sessions denied"
                            + " SIGN_IN_SOURCE_CLOSED"));
    house.signIn("zhang-san");
  }

  @Test
  void duties_noneOfThemDoesAnothersWork() {
    var system = signedIn("system-admin");
    var security = signedIn("security-admin");
    var records = "/v1/audit/records";
    assertThat(security.send("GET", records, null).code()).isEqualTo("NOT_ALLOWED");
    assertThat(system.send("GET", records, null).code()).isEqualTo("NOT_ALLOWED");
    assertThat(house.at(0, IdentityHouse.TOKEN).send("GET", records, null).code())
        .isEqualTo("NOT_ALLOWED");
    var suspend = "/v1/accounts/zhang-san/suspend";
    assertThat(auditor.send("POST", suspend, "{\"reason\": \"x\"}").code())
        .isEqualTo("NOT_ALLOWED");
    assertThat(audit("code=NOT_ALLOWED"))
        .containsExactlyInAnyOrder(
            "searchAudit security-admin/security-administrator " + records + " denied NOT_ALLOWED",
            "searchAudit system-admin/system-administrator " + records + " denied NOT_ALLOWED",
            "searchAudit command-line/operator " + records + " denied NOT_ALLOWED",
            "suspendAccount audit-admin/audit-administrator " + suspend + " denied NOT_ALLOWED");
  }

  @Test
  void auditorsOwnSearch_isInTheTrail() {
    search("person=zhang-san");
    assertThat(audit("action=searchAudit"))
        .hasSize(2)
        .containsOnly("searchAudit audit-admin/audit-administrator /v1/audit/records allowed");
  }

  @Test
  void retention_onlyUpward() {
    assertThat(keep(400).status()).isEqualTo(202);
    var days = auditor.send("GET", "/v1/audit/retention", null).json().path("days").asInt();
    assertThat(days).as("until two auditors have signed").isEqualTo(183);
    assertThat(keep(182).code()).isEqualTo("AUDIT_RETENTION_SHORTER");
    assertThat(keep(182).status()).isEqualTo(409);
    assertThat(audit("action=keepAudit"))
        .contains(
            "keepAudit audit-admin/audit-administrator /v1/audit/retention failed"
                + " AUDIT_RETENTION_SHORTER");
  }

  private Client.Answer keep(int days) {
    return auditor.send("PUT", "/v1/audit/retention", "{\"days\": " + days + "}");
  }

  @Test
  void trailThatCannotBeWritten_commandsAreRefusedAndSoonReadsToo() throws InterruptedException {
    var security = signedIn("security-admin");
    var zhang = signedIn("zhang-san");
    house.accounts.away = "audit/";
    var path = "/v1/accounts/zhang-san/suspend";
    var refused = security.send("POST", path, "{\"reason\": \"x\"}");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("AUDIT_UNAVAILABLE");
    assertThat(house.accounts.events("zhang-san").toString()).doesNotContain("Suspended");
    Thread.sleep(1_200);
    assertThat(zhang.send("GET", CASE, null).code()).isEqualTo("AUDIT_UNAVAILABLE");
    assertThat(auditor.send("GET", "/v1/audit/records", null).code())
        .isEqualTo("AUDIT_UNAVAILABLE");
    house.accounts.away = "none";
    Thread.sleep(1_500);
    assertThat(zhang.send("GET", CASE, null).status()).isEqualTo(200);
    assertThat(audit("code=AUDIT_UNAVAILABLE"))
        .contains(
            "suspendAccount security-admin/security-administrator "
                + path
                + " failed AUDIT_UNAVAILABLE");
  }

  @Test
  void cookieWithoutItsWord_andBorrowedNames_areDeniedAndWrittenDown() {
    house.visitFirst("zhang-san", house.code("zhang-san"));
    var token = house.signIn("zhang-san");
    var cookie = SessionCookie.NAME + "=" + token;
    assertThat(
            house.stranger().anonymously("DELETE", "/v1/sessions/current", "Cookie", cookie).code())
        .isEqualTo("CSRF_TOKEN_WRONG");
    house.at(0, token).send("GET", CASE, null, "Govcloud-Acting-As", "li-si;role=clerk");
    assertThat(audit("outcome=denied"))
        .contains(
            "endSession / /v1/sessions/current denied CSRF_TOKEN_WRONG",
            "getCaseHistory zhang-san/clerk " + CASE + " denied ACTING_AS_NOT_ALLOWED");
  }

  @Test
  void canaryTouched_orAdministrationAtNight_raisesAnAlarm() {
    signedIn("zhang-san").send("GET", IdentityHouse.CANARY, null);
    house.visitFirst("security-admin", house.code("security-admin"));
    house.now = house.now.plus(Duration.ofHours(13));
    var security = house.at(0, house.signIn("security-admin"));
    security.send("POST", "/v1/accounts/zhang-san/resume", "{}");
    auditor = house.at(0, house.signIn("audit-admin"));
    assertThat(audit("outcome=alarm&from=2026-03-02T00:00:00Z"))
        .contains(
            "canary-touched zhang-san/clerk " + IdentityHouse.CANARY + " alarm CANARY_TOUCHED",
            "off-hours security-admin/security-administrator"
                + " /v1/accounts/zhang-san/resume alarm OFF_HOURS");
  }

  @Test
  void searches_inPages_missNothing() {
    var zhang = signedIn("zhang-san");
    for (int i = 0; i < 25; i++) {
      zhang.send("GET", CASE.replace("c-1", "c-" + i), null);
    }
    var objects = new ArrayList<String>();
    var token = "";
    do {
      var page = search("action=getCaseHistory&page_size=10" + token);
      page.path("items").forEach(item -> objects.add(item.path("object").asText()));
      token = page.path("next_page_token").asText("");
      token = token.isEmpty() ? "" : "&page_token=" + token;
    } while (!token.isEmpty());
    assertThat(objects).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void page_forAuditorsOnly_inBothLanguagesAndEscaped() {
    var cookie = SessionCookie.NAME + "=";
    var mine = cookie + house.signIn("audit-admin");
    house.at(0, "none").send("GET", "/v1/audit/%3Cb%3E", null);
    house.stranger().anonymously("GET", "/v1/tenants/%3Cb%3E");
    var browser = house.stranger();
    var zh = browser.anonymously("GET", "/audit?lang=zh", "Cookie", mine);
    assertThat(zh.status()).isEqualTo(200);
    assertThat(zh.response().body()).contains("审计日志", "getAuditPage").doesNotContain("<b>");
    var en = browser.anonymously("GET", "/audit?lang=en&from=&to=&outcome=", "Cookie", mine);
    assertThat(en.response().body()).contains("Audit trail", "From (Beijing time)");
    house.visitFirst("zhang-san", house.code("zhang-san"));
    var clerk = cookie + house.signIn("zhang-san");
    var refused = browser.anonymously("GET", "/audit?lang=en", "Cookie", clerk);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.response().body()).contains("Only an audit administrator may look.");
    assertThat(browser.anonymously("GET", "/audit").status()).isEqualTo(303);
    assertThat(audit("action=getAuditPage&outcome=denied"))
        .containsExactly("getAuditPage zhang-san/clerk /audit denied NOT_ALLOWED");
  }

  @Test
  void allSessions_ended_areOverOnEveryNodeAndInTheTrail() throws InterruptedException {
    var first = signedIn("zhang-san");
    var second = house.at(1, house.signIn("zhang-san"));
    assertThat(first.send("DELETE", "/v1/sessions/all", null).status()).isEqualTo(200);
    Thread.sleep(Visitors.BELIEVED.toMillis() + 100);
    assertThat(first.send("GET", "/v1/me", null).code()).isEqualTo("TOKEN_WRONG");
    assertThat(second.send("GET", "/v1/me", null).code()).isEqualTo("TOKEN_WRONG");
    assertThat(audit("action=endSession"))
        .containsExactly("endSession zhang-san/clerk /v1/sessions/all allowed");
  }
}
