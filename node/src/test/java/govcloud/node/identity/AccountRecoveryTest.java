package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.identity.AccountEvent;
import govcloud.domain.identity.Roles;
import govcloud.node.http.Client;
import govcloud.node.http.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The only security administrator has lost the second factor. */
@Tag("slow")
class AccountRecoveryTest {
  private static final String PATH = "/v1/accounts/security-admin/recovery";
  private static final String CODE = "ABCD-EFGH-JKLM-NPQR-STUV-WXYZ";
  private static final String WISH =
      "{\"code_hash\": \"%s\", \"reason\": \"the telephone is in the harbour\"}"
          .formatted(SignIns.codeHash(CODE).value());

  @TempDir private Path folder;
  private IdentityHouse house;
  private HouseOfficer system;
  private HouseOfficer audit;
  private Client machine;

  @BeforeEach
  void open() throws Exception {
    house = new IdentityHouse(folder);
    system = new HouseOfficer(house, "system-admin");
    audit = new HouseOfficer(house, "audit-admin");
    house.visitFirst("security-admin", house.code("security-admin"));
    machine = house.at(0, IdentityHouse.TOKEN);
  }

  @AfterEach
  void close() {
    house.close();
  }

  private String asked() {
    var answer = machine.send("POST", PATH, WISH);
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
    return answer.json().path("operation").asText();
  }

  @Test
  void machineAndTwoDuties_letTheAdministratorInAgain_onceAndForHalfAnHour() throws Exception {
    var operation = asked();
    assertThat(house.alarms).containsExactly("/v1/accounts/security-admin is to be invited again");
    assertThat(audit.signs(operation).status()).isEqualTo(200);
    assertThat(house.visitFirst("security-admin", CODE).status())
        .as("signed by one")
        .isEqualTo(401);
    var done = system.signs(operation);
    assertThat(done.status()).as(done.json().toString()).isEqualTo(200);
    assertThat(house.alarms).last().isEqualTo("/v1/accounts/security-admin was invited again");
    assertThat(system.sees(operation).path("result").asText())
        .startsWith("security-admin: invited until ");
    assertThat(
            house.attempt(
                1, "security-admin", IdentityHouse.PASSWORD, house.totp("security-admin")))
        .as("what let the person in before")
        .extracting(Client.Answer::status)
        .isEqualTo(401);
    assertThat(house.visitFirst("security-admin", "another rainy harbour", CODE).status())
        .isEqualTo(200);
    begin(operation);
    assertThat(house.visitFirst("security-admin", "a third rainy harbour", CODE).status())
        .as("the code and the signatures are used up")
        .isEqualTo(401);
    assertThat(house.accounts.events("security-admin"))
        .filteredOn(event -> event instanceof AccountEvent.InvitationRenewed)
        .hasSize(1);
    requireRecorded();
  }

  private void requireRecorded() {
    var records = "/v1/audit/records?action=recoverAccount";
    assertThat(audit.api().send("GET", records, null).json().path("items"))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.path("person").asText()).isEqualTo("command-line");
              assertThat(record.path("object").asText()).contains("security-admin");
            });
  }

  private void begin(String operation) {
    new AccountRecovery(
            house.accounts,
            Token.read(folder.resolve("token")),
            house.accounts::withRole,
            () -> house.now,
            house.alarms::add)
        .begin(
            operation,
            "security-admin/" + SignIns.codeHash(CODE).value() + "/again",
            new Actor("system-admin", Roles.SYSTEM))
        .toCompletableFuture()
        .join();
  }

  @Test
  void machineAlone_makesNoCodeForWhoHasComeInBefore_alsoWhenTheCodeIsOver() throws Exception {
    var operation = asked();
    assertThat(audit.signs(operation).status()).isEqualTo(200);
    assertThat(system.signs(operation).status()).isEqualTo(200);
    house.now = house.now.plus(Duration.ofMinutes(31));
    var codes = machine.send("POST", "/v1/first-accounts", "{}");
    assertThat(codes.status()).as(codes.json().toString()).isEqualTo(200);
    assertThat(codes.json().path("codes").findValuesAsText("account")).containsExactly("operator");
  }

  @Test
  void list_thatDoesNotNameTheAccount_isNotBelieved() throws Exception {
    var operation = asked();
    assertThat(audit.signs(operation).status()).isEqualTo(200);
    house.accounts.listed = false;
    assertThat(machine.send("POST", PATH, WISH).code()).isEqualTo("UNAVAILABLE");
    assertThat(system.signs(operation).code()).isEqualTo("UNAVAILABLE");
    house.accounts.listed = true;
    assertThat(system.signs(operation).status()).isEqualTo(200);
  }

  @Test
  void keyOfTheCommandLine_thatIsNotTheTokenOfTheInstallation_asksForNothing() throws Exception {
    var security = house.at(0, house.signIn("security-admin"));
    var replaced =
        security.send(
            "POST",
            "/v1/programs/command-line/key",
            "{\"key_expires_at\": \"%s\"}".formatted(house.now.plus(Duration.ofDays(9))));
    var key = replaced.json().path("key").asText();
    assertThat(key).as(replaced.json().toString()).startsWith("command-line.");
    assertThat(house.at(0, key).send("POST", PATH, WISH).code()).isEqualTo("TOKEN_WRONG");
  }

  @Test
  void whileSomebodyWithTheDutyCanComeIn_orIsIn_nothingIsDone() throws Exception {
    var operation = asked();
    assertThat(audit.signs(operation).status()).isEqualTo(200);
    var security = house.at(0, house.signIn("security-admin"));
    assertThat(system.signs(operation).code()).isEqualTo("ACCOUNT_RECOVERY_NEEDLESS");
    assertThat(machine.send("POST", PATH, WISH).code()).isEqualTo("ACCOUNT_RECOVERY_NEEDLESS");
    var other = "{\"roles\": [\"security-administrator\"], \"name\": \"吴\"}";
    var invited = security.send("PUT", "/v1/accounts/wu", other);
    assertThat(invited.status()).isEqualTo(201);
    house.now = house.now.plus(Duration.ofMinutes(16));
    assertThat(machine.send("POST", PATH, WISH).code())
        .as("the other one's code is good")
        .isEqualTo("ACCOUNT_RECOVERY_NEEDLESS");
    house.now = house.now.plus(Duration.ofMinutes(15));
    assertThat(machine.send("POST", PATH, WISH).status()).as("it is not").isEqualTo(202);
    assertThat(system.signs(operation).status()).isEqualTo(200);
  }

  @Test
  void whoHasNotTheMachine_orIsNoSecurityAdministrator_isRefused() throws Exception {
    for (var person : List.of(system, audit)) {
      assertThat(person.api().send("POST", PATH, WISH).code()).isEqualTo("NOT_ALLOWED");
    }
    house.visitFirst("operator", house.code("operator"));
    assertThat(house.at(0, house.signIn("operator")).send("POST", PATH, WISH).code())
        .isEqualTo("NOT_ALLOWED");
    assertThat(machine.send("POST", "/v1/accounts/audit-admin/recovery", WISH).code())
        .isEqualTo("ACCOUNT_RECOVERY_NEEDLESS");
    assertThat(machine.send("POST", "/v1/accounts/nobody/recovery", WISH).status()).isEqualTo(409);
    var operation = asked();
    assertThat(audit.signs(operation).status()).isEqualTo(200);
    assertThat(audit.signs(operation).code()).isEqualTo("APPROVAL_OWN");
  }
}
