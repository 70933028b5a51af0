package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.Roles;
import govcloud.node.http.Client;
import govcloud.node.http.ProblemException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Break-glass: who gets a role for an hour, by whom, and how it ends. */
@Tag("slow")
class EmergencyAccessTest {
  private static final String WISH =
      "{\"role\": \"security-administrator\", \"reason\": \"the only one is in hospital\"}";
  private static final String PATH = "/v1/accounts/operator/emergency-access";
  private static final String ACCOUNTS = "/v1/accounts/zhang-san";

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

  @Test
  void twoDuties_giveAThirdPersonARole_aloneForAnHour_withAnAlarm() throws Exception {
    var system = new HouseOfficer(house, "system-admin");
    var audit = new HouseOfficer(house, "audit-admin");
    house.visitFirst("operator", house.code("operator"));
    var session = house.at(0, house.signIn("operator"));
    assertThat(session.send("GET", ACCOUNTS, null).code()).isEqualTo("NOT_ALLOWED");
    var operation = system.asks(PATH, WISH);
    assertThat(audit.sees(operation).path("command").asText())
        .contains(
            "command: access.emergency\n",
            "subject: operator/security-administrator/the only one is in hospital\n");
    assertThat(audit.signs(operation).status()).isEqualTo(200);
    assertThat(house.alarms).isEmpty();
    var done = system.signs(operation);
    assertThat(done.status()).as(done.json().toString()).isEqualTo(200);
    assertThat(house.alarms).containsExactly("/v1/accounts/operator as security-administrator");
    assertThat(system.sees(operation).path("result").asText())
        .startsWith("operator: security-administrator until ");
    var begun = house.now;
    var emergency = house.at(0, house.signIn("operator"));
    assertThat(emergency.send("GET", ACCOUNTS, null).status()).isEqualTo(200);
    assertThat(emergency.send("GET", "/v1/me", null).json().path("roles").toString())
        .isEqualTo("[\"security-administrator\"]");
    var chained = emergency.send("POST", "/v1/accounts/zhang-san/emergency-access", WISH);
    assertThat(chained.status()).isEqualTo(403);
    assertThat(chained.code()).isEqualTo("NOT_ALLOWED");
    requireNoDutyFrom(emergency);
    requireRefusalRecorded(audit.api());
    house.now = begun.plus(Duration.ofMinutes(60));
    var after = house.at(1, house.signIn("operator"));
    assertThat(after.send("GET", ACCOUNTS, null).code()).isEqualTo("NOT_ALLOWED");
    assertThat(after.send("GET", "/v1/me", null).json().path("roles").toString())
        .isEqualTo("[\"operator\"]");
  }

  private static void requireRefusalRecorded(Client auditor) {
    var records =
        "/v1/audit/records?action=renewInvitation&outcome=denied&code=ACCOUNT_EMERGENCY_DUTY";
    assertThat(auditor.send("GET", records, null).json().path("items"))
        .singleElement()
        .satisfies(
            denied -> {
              assertThat(denied.path("person").asText()).isEqualTo("operator");
              assertThat(denied.path("object").asText()).contains("system-admin");
            });
  }

  /** Somebody with a duty for an hour gives roles of departments, and no duty. */
  private static void requireNoDutyFrom(Client emergency) {
    var duty = "{\"roles\": [\"audit-administrator\"], \"name\": \"吴\"}";
    var clerk = "{\"roles\": [\"clerk\"], \"tenant\": \"transport\", \"name\": \"吴\"}";
    var invited = emergency.send("PUT", "/v1/accounts/wu", duty);
    assertThat(invited.status()).isEqualTo(403);
    assertThat(invited.code()).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
    assertThat(emergency.send("PUT", "/v1/accounts/wu", clerk).status()).isEqualTo(201);
    var given =
        emergency.send(
            "POST", "/v1/accounts/system-admin/roles", "{\"roles\": [\"audit-administrator\"]}");
    assertThat(given.code()).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
    var taken =
        emergency.send("POST", "/v1/accounts/system-admin/roles", "{\"roles\": [\"operator\"]}");
    assertThat(taken.code()).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
    // A code would let whoever knows it in as the administrator, for good.
    var renewed = emergency.send("POST", "/v1/accounts/system-admin/invitation", null);
    assertThat(renewed.status()).isEqualTo(403);
    assertThat(renewed.code()).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
    assertThat(renewed.json().toString()).doesNotContain("code_expires_at");
    assertThat(emergency.send("POST", "/v1/accounts/wu/invitation", null).status()).isEqualTo(200);
    var suspended =
        emergency.send("POST", "/v1/accounts/system-admin/suspend", "{\"reason\": \"inquiry\"}");
    assertThat(suspended.code()).isEqualTo("ACCOUNT_EMERGENCY_DUTY");
    var key = "{\"key_expires_at\": \"2026-04-02T01:00:00Z\"}";
    assertThat(emergency.send("POST", "/v1/programs/command-line/key", key).code())
        .isEqualTo("ACCOUNT_EMERGENCY_DUTY");
  }

  @Test
  void workOfAnOperation_isBegunAgainWithinTheHourAlone_andGivesNothingTwice() throws Exception {
    var system = new HouseOfficer(house, "system-admin");
    var audit = new HouseOfficer(house, "audit-admin");
    house.visitFirst("operator", house.code("operator"));
    var operation = system.asks(PATH, WISH);
    assertThat(audit.signs(operation).status()).isEqualTo(200);
    assertThat(system.signs(operation).status()).isEqualTo(200);
    house.now = house.now.plus(Duration.ofMinutes(59));
    begin(operation);
    assertThat(house.accounts.events("operator"))
        .filteredOn(event -> event instanceof AccountEvent.EmergencyGranted)
        .hasSize(1);
    house.now = house.now.plus(Duration.ofMinutes(1));
    assertThatThrownBy(() -> begin(operation))
        .hasCauseInstanceOf(ProblemException.class)
        .hasMessageContaining("APPROVAL_NOT_AWAITED");
  }

  private void begin(String operation) {
    new EmergencyAccess(house.accounts, () -> house.now, house.alarms::add)
        .begin(
            operation,
            "operator/security-administrator/the only one is in hospital",
            new Actor("system-admin", Roles.SYSTEM))
        .toCompletableFuture()
        .join();
  }

  @Test
  void whatIsNotTwoOtherPeopleOfTwoDuties_isRefused() throws Exception {
    var system = new HouseOfficer(house, "system-admin");
    var operator = new HouseOfficer(house, "operator");
    assertThat(operator.api().send("POST", PATH, WISH).code()).isEqualTo("NOT_ALLOWED");
    var own = system.api().send("POST", "/v1/accounts/system-admin/emergency-access", WISH);
    assertThat(own.status()).isEqualTo(403);
    assertThat(own.code()).isEqualTo("ACCOUNT_OWN");
    var citizen = WISH.replace("security-administrator", "citizen");
    assertThat(system.api().send("POST", PATH, citizen).code()).isEqualTo("ACCOUNT_ROLES_INVALID");
    var clerk = WISH.replace("security-administrator", "clerk");
    assertThat(system.api().send("POST", PATH, clerk).code()).isEqualTo("ACCOUNT_ROLES_INVALID");
    assertThat(system.api().send("POST", "/v1/accounts/nobody/emergency-access", WISH).code())
        .isEqualTo("ACCOUNT_NOT_FOUND");
    var operation = system.asks(PATH, WISH);
    assertThat(system.signs(operation).status()).isEqualTo(200);
    assertThat(system.signs(operation).code()).isEqualTo("APPROVAL_OWN");
    assertThat(operator.signs(operation).status()).isEqualTo(403);
    assertThat(house.alarms).isEmpty();
    var program = house.at(0, IdentityHouse.TOKEN).send("POST", PATH, WISH);
    assertThat(program.code()).isEqualTo("NOT_ALLOWED");
  }
}
