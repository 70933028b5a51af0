package govcloud.node.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClosedTenantTest {

  @Test
  void waiting_isToldPlaceAndTime() {
    var problem =
        new ClosedTenant("housing", 2, 7, Optional.of(Duration.ofMillis(11_200))).problem();
    assertThat(problem.status()).isEqualTo(503);
    assertThat(problem.code()).isEqualTo("TENANT_WAITING");
    assertThat(problem.detail())
        .isEqualTo(
            "housing: place 2 of 7 among those still to be proved, about 12 s (expected: proved)");
    assertThat(problem.facts())
        .containsEntry("place", 2)
        .containsEntry("waiting", 7)
        .containsEntry("expected_seconds", 12L);
    assertThat(problem.headers()).containsEntry("Retry-After", "12");
  }

  @Test
  void waiting_withoutPace_isToldToAskAgainSoon() {
    var problem = new ClosedTenant("housing", 1, 1, Optional.empty()).problem();
    assertThat(problem.facts()).doesNotContainKey("expected_seconds");
    assertThat(problem.headers()).containsEntry("Retry-After", "5");
  }

  @Test
  void damaged_isNotInTheQueue() {
    var problem = new ClosedTenant("housing", 0, 7, Optional.empty()).problem();
    assertThat(problem.code()).isEqualTo("TENANT_DAMAGED");
    assertThat(problem.facts()).isEmpty();
    assertThat(problem.headers()).containsEntry("Retry-After", "3600");
  }
}
