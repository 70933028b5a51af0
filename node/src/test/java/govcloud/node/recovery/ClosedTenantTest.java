package govcloud.node.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.node.eventsourcing.Closing;
import govcloud.node.eventsourcing.EntityFailure;
import govcloud.node.http.Failures;
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

  @Test
  void entityOfIt_asked_saysTheSameAsTheBorder() {
    for (int place : new int[] {0, 3}) {
      var tenant = new ClosedTenant("housing", place, 7, Optional.empty());
      var said = Failures.closed(new EntityFailure.Closed("case/housing/1", tenant.closing()));
      assertThat(said.code()).isEqualTo(tenant.problem().code());
      assertThat(said.status()).isEqualTo(503);
      assertThat(said.detail()).isEqualTo(tenant.words());
      assertThat(said.headers().get("Retry-After"))
          .isEqualTo(tenant.problem().headers().get("Retry-After"));
    }
  }

  @Test
  void siteDrained_isNotSaidToWaitForProof() {
    var closing = new Closing(Closing.Reason.SITE_DRAINED, "site: accepts nothing");
    var said = Failures.closed(new EntityFailure.Closed("case/housing/1", closing));
    assertThat(said.code()).isEqualTo("SITE_DRAINED");
    assertThat(said.headers()).containsEntry("Retry-After", "15");
  }
}
