package govcloud.domain.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.domain.Actor;
import govcloud.domain.identity.Roles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRotationTest {

  @Test
  void subject_readAgain_isTheSame_andOneOfItsOwn() {
    var signing = new KeyRotation(KeyRotation.Kind.SIGNING, 2);
    assertThat(signing.subject()).isEqualTo("keys/signing/2");
    assertThat(KeyRotation.of(signing.subject())).isEqualTo(signing);
    assertThat(KeyRotation.of("keys/epoch/12"))
        .isEqualTo(new KeyRotation(KeyRotation.Kind.EPOCH, 12));
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys/signing/0", "keys/recovery/2", "keys/epoch/2/3", "keys/epoch/-1"})
  void whatIsNone_isRefused(String subject) {
    assertThatThrownBy(() -> KeyRotation.of(subject))
        .hasMessageContaining("subject: " + subject + " (expected: keys/");
  }

  @Test
  void isSignedBy_peopleOfTwoDuties() {
    assertThat(DangerousCommand.ROTATE_KEY.roles())
        .containsExactlyInAnyOrder(Actor.OPERATOR, Roles.SECURITY);
    assertThat(DangerousCommand.ROTATE_KEY.needsDifferentRoles()).isTrue();
  }
}
