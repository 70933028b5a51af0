package govcloud.domain.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DrillGrantTest {
  private static final String KEY = "0a".repeat(32);
  private static final String SIGNER = "b1".repeat(32);

  @Test
  void subject_readAgain_isTheSame() {
    var grant = new DrillGrant(KEY, SIGNER);
    assertThat(grant.subject()).isEqualTo("keys/drill/" + KEY + "/" + SIGNER);
    assertThat(DrillGrant.of(grant.subject())).isEqualTo(grant);
    assertThat(DangerousCommand.GRANT_DRILL_KEY.needsDifferentRoles()).isTrue();
  }

  @Test
  void whatIsNoKey_isRefused() {
    assertThatThrownBy(() -> new DrillGrant(KEY, "b1"))
        .hasMessageContaining("b1 (expected: 64 hexadecimal digits each)");
    assertThatThrownBy(() -> DrillGrant.of("keys/drill/" + KEY))
        .hasMessageContaining("(expected: keys/drill/");
  }
}
