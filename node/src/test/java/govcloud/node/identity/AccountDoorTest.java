package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.domain.Actor;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.tenant.DisasterClass;
import govcloud.domain.tenant.Plan;
import govcloud.domain.tenant.TenantCommand;
import govcloud.domain.tenant.TenantState;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may ask for what. An operation answers UNAVAILABLE here when its endpoint was reached. */
@Tag("slow")
class AccountDoorTest {

  private static final String REACHED = "UNAVAILABLE";

  @TempDir private Path folder;
  private IdentityHouse house;

  @BeforeEach
  void open() throws IOException {
    house = new IdentityHouse(folder);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Client signedIn(String account) {
    house.visitFirst(account, house.code(account));
    return house.at(0, house.signIn(account));
  }

  @Test
  void noTokenOrAnother_isRefused() {
    assertThat(house.stranger().anonymously("GET", "/v1/tenants").code()).isEqualTo("TOKEN_NEEDED");
    for (var token :
        List.of(
            IdentityHouse.TOKEN, "nobody." + "a".repeat(43), "", "a.b", "../x." + "a".repeat(43))) {
      assertThat(house.at(0, token).send("GET", "/v1/tenants", null).code())
          .as(token)
          .isEqualTo("TOKEN_WRONG");
    }
  }

  @Test
  void staff_inForeignDepartment_findNothingWhetherItIsThereOrNot() {
    var zhang = signedIn("zhang-san");
    assertThat(zhang.send("GET", "/v1/tenants/transport", null).code()).isEqualTo(REACHED);
    assertThat(house.last.actor()).isEqualTo(new Actor("zhang-san", "clerk"));
    for (var path : List.of("", "/apps", "/apps/permits/cases/c-1", "/usage")) {
      var there = zhang.send("GET", "/v1/tenants/harbour" + path, null);
      var nowhere = zhang.send("GET", "/v1/tenants/nowhere" + path, null);
      assertThat(there.status()).isEqualTo(404);
      assertThat(there.code()).isEqualTo("NOT_FOUND");
      assertThat(there.json().toString().replace("harbour", "nowhere"))
          .isEqualTo(nowhere.json().toString());
    }
  }

  @Test
  void administrators_seeNoCasesAndOperatorsNoAccounts() {
    var cases = "/v1/tenants/transport/apps/permits/cases";
    var system = signedIn("system-admin");
    assertThat(system.send("GET", "/v1/cluster", null).code()).isEqualTo(REACHED);
    for (var path : List.of(cases, cases + "/c-1", "/v1/tenants", "/v1/accounts/zhang-san")) {
      var answer = system.send("GET", path, null);
      assertThat(answer.status()).as(path).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("NOT_ALLOWED");
    }
    var commandLine = house.at(0, IdentityHouse.TOKEN);
    assertThat(commandLine.send("GET", cases, null).code()).isEqualTo(REACHED);
    assertThat(commandLine.send("GET", "/v1/accounts/zhang-san", null).code())
        .isEqualTo("NOT_ALLOWED");
  }

  @Test
  void auditor_seesSignInsAndDecidesNothing() {
    house.visitFirst("audit-admin", house.code("audit-admin"));
    house.attempt(0, "zhang-san", "wrong wrong wrong", "000000");
    var audit = house.at(0, house.signIn("audit-admin"));
    var history = audit.send("GET", "/v1/accounts/zhang-san/history", null);
    assertThat(history.json().at("/items/1/type").asText()).isEqualTo("sign-in-refused");
    assertThat(history.json().at("/items/1/data/fault").asText()).isEqualTo("NOT_ACTIVE");
    assertThat(history.json().at("/items/0/data/code_hash").asText()).isEqualTo("***");
    var suspend =
        audit.send("POST", "/v1/accounts/zhang-san/suspend", "{\"reason\": \"curiosity\"}");
    assertThat(suspend.code()).isEqualTo("NOT_ALLOWED");
  }

  @Test
  void securityAdministrator_twoDutiesForOnePersonOrHisOwnAccount_isRefused() {
    var security = signedIn("security-admin");
    var two =
        security.send(
            "PUT",
            "/v1/accounts/wu",
            "{\"name\": \"吴\", \"roles\": [\"system-administrator\", \"audit-administrator\"]}");
    assertThat(two.status()).isEqualTo(409);
    assertThat(two.code()).isEqualTo("ACCOUNT_DUTIES_EXCLUSIVE");
    var more =
        security.send(
            "POST",
            "/v1/accounts/system-admin/roles",
            "{\"roles\": [\"system-administrator\", \"security-administrator\"]}");
    assertThat(more.code()).isEqualTo("ACCOUNT_DUTIES_EXCLUSIVE");
    var own =
        security.send(
            "POST", "/v1/accounts/security-admin/roles", "{\"roles\": [\"audit-administrator\"]}");
    assertThat(own.status()).isEqualTo(403);
    assertThat(own.code()).isEqualTo("ACCOUNT_OWN");
  }

  @Test
  void securityAdministrator_invitesAndSuspends_sessionsEndAtOnce() {
    var security = signedIn("security-admin");
    var invited =
        security.send(
            "PUT",
            "/v1/accounts/wu",
            "{\"name\": \"吴\", \"tenant\": \"transport\", \"roles\": [\"reviewer\"]}");
    assertThat(invited.status()).isEqualTo(201);
    house.visitFirst("wu", invited.json().path("code").asText());
    var wu = house.at(1, house.signIn("wu"));
    security.send("POST", "/v1/accounts/wu/suspend", "{\"reason\": \"has left\"}");
    assertThat(wu.send("GET", "/v1/me", null).code()).isEqualTo("TOKEN_WRONG");
    assertThat(security.send("GET", "/v1/accounts/wu", null).json().path("status").asText())
        .isEqualTo("suspended");
  }

  /** A stolen cookie is worth nothing either, and nothing again when the department is back. */
  @Test
  void departmentSuspended_itsPeopleAndProgramsAreOutEverywhere_andTheirSessionsStayOver() {
    house.visitFirst("zhang-san", house.code("zhang-san"));
    var session = house.signIn("zhang-san");
    var other = "sunrise behind the old mill";
    house.visitFirst("li-si", other, house.code("li-si"));
    var begun = house.attempt(0, "li-si", other, house.totp("li-si"));
    var neighbour = house.at(0, begun.json().path("token").asText());
    department(
        new TenantCommand.Register(
            new LocalText("交通局", "Transport"),
            "11999999MB0000024C",
            "999999",
            DisasterClass.CONTINUOUS,
            Plan.STANDARD,
            Optional.empty(),
            List.of()));
    department(new TenantCommand.Activate());
    assertThat(house.at(1, session).send("GET", "/v1/me", null).status()).isEqualTo(200);
    department(new TenantCommand.Suspend("inquiry"));
    await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(
            () -> {
              for (int node = 0; node < 2; node++) {
                assertThat(house.at(node, session).send("GET", "/v1/me", null).code())
                    .isEqualTo("TOKEN_WRONG");
              }
            });
    house.now = house.now.plus(Duration.ofSeconds(30));
    var again = house.attempt(0, "zhang-san", IdentityHouse.PASSWORD, house.totp("zhang-san"));
    assertThat(again.code()).isEqualTo("SIGN_IN_REFUSED");
    requireGuessesNotedAlone();
    assertThat(neighbour.send("GET", "/v1/me", null).status()).isEqualTo(200);
    department(new TenantCommand.Resume());
    await()
        .atMost(Duration.ofSeconds(3))
        .untilAsserted(() -> assertThat(meOf(house.signIn("zhang-san"))).isEqualTo(200));
    assertThat(meOf(session)).isEqualTo(401);
  }

  private void requireGuessesNotedAlone() {
    assertThat(house.accounts.hasWritten("source/")).as("nothing was tried").isFalse();
    assertThat(house.attempt(0, "zhang-san", "wrong wrong wrong", "000000").code())
        .isEqualTo("SIGN_IN_REFUSED");
    assertThat(house.accounts.hasWritten("source/")).as("a password was tried").isTrue();
  }

  private int meOf(String token) {
    return house.at(0, token).send("GET", "/v1/me", null).status();
  }

  private void department(TenantCommand command) {
    var answer =
        house
            .accounts
            .<TenantState>ask(
                "tenant/transport", Request.of(command, new Actor("wang", Actor.OPERATOR)))
            .toCompletableFuture()
            .join();
    assertThat(answer.accepted()).as("%s", answer.refusal()).isTrue();
  }

  @Test
  void actingAs_anotherPersonOrRole_onlyAProgramThatImportsMay() {
    var zhang = signedIn("zhang-san");
    var path = "/v1/tenants/transport/apps";
    for (var header :
        List.of("li-si;role=clerk", "zhang-san;role=operator", "zhang-san;role=head")) {
      var answer = zhang.send("GET", path, null, "Govcloud-Acting-As", header);
      assertThat(answer.status()).as(header).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("ACTING_AS_NOT_ALLOWED");
    }
    zhang.send("GET", path, null, "Govcloud-Acting-As", "zhang-san;role=clerk");
    assertThat(house.last.actor()).isEqualTo(new Actor("zhang-san", "clerk"));
    var program = house.at(0, IdentityHouse.TOKEN);
    program.send("GET", path, null, "Govcloud-Acting-As", "wang;role=clerk");
    assertThat(house.last.actor()).isEqualTo(new Actor("wang", "clerk", "command-line"));
    var duty =
        program.send(
            "GET",
            "/v1/accounts/wu",
            null,
            "Govcloud-Acting-As",
            "wang;role=security-administrator");
    assertThat(duty.code()).isEqualTo("ACTING_AS_NOT_ALLOWED");
  }

  @Test
  void firstAccounts_madeOnceWithTheTokenOfTheInstallationOnly() {
    var first = house.code("system-admin");
    assertThat(
            house
                .at(0, "command-line." + "b".repeat(43))
                .send("POST", "/v1/first-accounts", "{}")
                .code())
        .isEqualTo("TOKEN_WRONG");
    var holder = house.at(0, IdentityHouse.TOKEN);
    var more =
        holder.send(
            "POST",
            "/v1/first-accounts",
            """
            {"clerks": [{"account": "mallory", "name": "M", "tenant": "transport", "roles": ["clerk"]}]}
            """);
    assertThat(more.status()).isEqualTo(409);
    assertThat(more.code()).isEqualTo("FIRST_ACCOUNTS_MADE");
    var again = holder.send("POST", "/v1/first-accounts", null);
    assertThat(again.json().path("codes")).hasSize(4);
    assertThat(house.visitFirst("system-admin", first).code()).isEqualTo("SIGN_IN_REFUSED");
    house.visitFirst("system-admin", again.json().at("/codes/0/code").asText());
    assertThat(holder.send("POST", "/v1/first-accounts", null).json().path("codes")).hasSize(3);
  }

  @Test
  void cookie_withoutTheWordOfItsSessionOrFromElsewhere_changesNothing() {
    house.visitFirst("zhang-san", house.code("zhang-san"));
    var token = house.signIn("zhang-san");
    var cookie = SessionCookie.NAME + "=" + token;
    var browser = house.stranger();
    assertThat(browser.anonymously("GET", "/v1/me", "Cookie", cookie).status()).isEqualTo(200);
    var path = "/v1/sessions/current";
    for (var headers :
        List.of(
            List.of("Cookie", cookie),
            List.of("Cookie", cookie, "X-CSRF-Token", Csrf.word(token + "x")),
            List.of(
                "Cookie", cookie, "X-CSRF-Token", Csrf.word(token), "Sec-Fetch-Site", "cross-site"),
            List.of(
                "Cookie",
                cookie,
                "X-CSRF-Token",
                Csrf.word(token),
                "Origin",
                "https://evil.example"))) {
      var answer = browser.anonymously("DELETE", path, headers.toArray(new String[0]));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("CSRF_TOKEN_WRONG");
    }
    assertThat(
            browser
                .anonymously("DELETE", path, "Cookie", cookie, "X-CSRF-Token", Csrf.word(token))
                .status())
        .isEqualTo(200);
  }
}
