package govcloud.node.app;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.app.AppInstanceEvent;
import govcloud.domain.app.AppPlan;
import govcloud.domain.tenant.DisasterClass;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AppViewTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final AppInstanceEvent APPLIED =
      new AppInstanceEvent.Applied(
          "harbour",
          "administrative-approval",
          1,
          new AppPlan(20, 500),
          "999999",
          "zhang",
          "op-1",
          NOON);

  private static AppRow row(AppInstanceEvent... events) {
    AppRow row = null;
    long version = 0;
    for (AppInstanceEvent event : events) {
      var commit = new Commit<>(NOON, Actor.platform(), "", "", List.of(event));
      row = new AppView().after(Optional.ofNullable(row), "app/harbour/permits", ++version, commit);
    }
    return row;
  }

  private static AppInstanceEvent classed(DisasterClass disasterClass) {
    return new AppInstanceEvent.DisasterClassChanged(Optional.ofNullable(disasterClass), NOON);
  }

  @Test
  void app_applied_hasItsDepartmentsDisasterClass() {
    assertThat(row(APPLIED).disasterClass()).isEmpty();
  }

  @Test
  void app_disasterClassChanged_isItsOwnAndLaterEventsKeepIt() {
    var suspended = new AppInstanceEvent.Suspended("attack", NOON);
    assertThat(row(APPLIED, classed(DisasterClass.ZERO_LOSS), suspended).disasterClass())
        .contains(DisasterClass.ZERO_LOSS);
    assertThat(row(APPLIED, classed(DisasterClass.ZERO_LOSS), classed(null)).disasterClass())
        .isEmpty();
  }

  @Test
  void refusedApp_appliedForAgain_keepsItsDisasterClassAsItsEntityDoes() {
    var refused = new AppInstanceEvent.Refused("no budget", "op-1", NOON);
    assertThat(row(APPLIED, classed(DisasterClass.DAILY), refused, APPLIED).disasterClass())
        .contains(DisasterClass.DAILY);
  }
}
