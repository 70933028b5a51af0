package govcloud.node.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.identity.Roles;
import govcloud.domain.operation.DangerousCommand;
import govcloud.node.http.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PermissionsTest {

  private static final Path TABLE = Path.of("src/main/resources/permissions.txt");
  private final Contract contract = Contract.load();

  @Test
  void everyOperation_hasALine() {
    assertThat(Permissions.load(contract)).isNotNull();
  }

  /** One's own session, and what nobody does alone. */
  private static final Set<String> OF_ALL_DUTIES =
      Set.of("endSession", "signApproval", "requestEmergencyAccess");

  @Test
  void operationWithoutLine_lineWithoutOperation_noRole_areRefused() throws IOException {
    var table = Files.readString(TABLE);
    for (var wrong :
        List.of(
            table.replaceFirst("(?m)^getCase .*$", ""),
            table + "\nflyToTheMoon operator",
            table.replaceFirst("(?m)^getCase .*$", "getCase"),
            table.replaceFirst("(?m)^getCase .*$", "getCase everybody"),
            table.replaceFirst("(?m)^getLive .*$", "getLive operator"))) {
      assertThat(wrong).isNotEqualTo(table);
      assertThatThrownBy(() -> Permissions.of(wrong, contract))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("permissions.txt");
    }
  }

  @Test
  void duties_haveNoChangeInCommonAndNoneTouchesCases() {
    var permissions = Permissions.load(contract);
    for (var operation : contract.operationIds()) {
      var change =
          !operation.matches("(get|list|stream|fetch|verify).*") && !contract.isOpen(operation);
      var mighty =
          Roles.DUTIES.stream().filter(duty -> permissions.allow(operation, duty, false)).toList();
      if (change && !OF_ALL_DUTIES.contains(operation)) {
        assertThat(mighty).as(operation).hasSizeLessThanOrEqualTo(1);
      }
      if (operation.matches(".*(Case|Cases|Worklist|Attachment|Material|Deviation)$")) {
        assertThat(mighty).as(operation).isEmpty();
      }
    }
  }

  @Test
  void dangerousCommands_areSignedByOneDutyEach() {
    for (var command : DangerousCommand.values()) {
      var mighty = Roles.DUTIES.stream().filter(command.roles()::contains).toList();
      var duties =
          switch (command) {
            // Whoever cannot be had may be of any duty, so any two of the others sign.
            case GRANT_EMERGENCY -> 3;
            // The third one is who is let in.
            case RECOVER_SECURITY -> 2;
            default -> 1;
          };
      assertThat(mighty).as(command.kind()).hasSize(duties);
      assertThat(duties == 1 || command.needsDifferentRoles()).as(command.kind()).isTrue();
    }
  }

  @Test
  void signatures_areForSignersOfADepartment_andForNobodyElse() {
    var permissions = Permissions.load(contract);
    assertThat(permissions.allow("signAgreement", "agreement-signer", true)).isTrue();
    for (var role : List.of("data-officer", "operator", "importer", "audit-administrator")) {
      assertThat(permissions.allow("signAgreement", role, true)).as(role).isFalse();
    }
    assertThat(permissions.allow("confirmAgreement", "data-officer", true)).isFalse();
  }

  @Test
  void recordsOfExchanges_areForAuditors_singleFieldsForOfficersOfTheDepartmentToo() {
    var permissions = Permissions.load(contract);
    for (var operation : List.of("getMaterialOfExchange", "openExchangeField")) {
      assertThat(permissions.allow(operation, "audit-administrator", false)).isTrue();
      for (var role : List.of("data-officer", "operator", "window-clerk", "citizen")) {
        assertThat(permissions.allow(operation, role, true)).as(operation + role).isFalse();
      }
    }
    assertThat(permissions.allow("openOwnExchangeField", "data-officer", true)).isTrue();
    assertThat(permissions.allow("openOwnExchangeField", "window-clerk", true)).isFalse();
  }
}
