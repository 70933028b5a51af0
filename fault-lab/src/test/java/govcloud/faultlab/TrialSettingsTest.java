package govcloud.faultlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.faultlab.nemesis.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialSettingsTest {
  private static final Path FOLDER = Path.of("/tmp/x");

  @Test
  void arguments_areReadBack() {
    var given =
        TrialSettings.of(
            List.of("--seed", "7", "--minutes", "120", "--only", "node-kill,power-cut"), FOLDER, 1);
    assertThat(given.kinds()).containsExactlyInAnyOrder(FaultKind.NODE_KILL, FaultKind.POWER_CUT);
    assertThat(given.seed()).isEqualTo(7);
    assertThat(TrialSettings.of(given.arguments(), null, 0)).isEqualTo(given);
  }

  @Test
  void unknownArgument_isNamed() {
    assertThatThrownBy(() -> TrialSettings.of(List.of("--days", "2"), FOLDER, 1))
        .hasMessage("--days: unknown");
  }

  @Test
  void hours_areTrialsOfTenMinutes_withSeedsCountedUp() {
    var all = TrialSettings.of(List.of("--seed", "7", "--hours", "1"), FOLDER, 1);
    var third = all.trial(2, Duration.ofMinutes(37));
    assertThat(third.seed()).isEqualTo(9);
    assertThat(third.folder()).isEqualTo(FOLDER.resolve("seed-9"));
    assertThat(third.time()).isEqualTo(Duration.ofMinutes(10));
    assertThat(all.trial(5, Duration.ofMinutes(4)).time()).isEqualTo(Duration.ofMinutes(4));
  }

  @Test
  void tenMinutes_areOneTrial_inTheFolderItself() {
    var all = TrialSettings.of(List.of("--minutes", "10"), FOLDER, 7);
    assertThat(all.trial(0, all.time().minusMillis(1))).isEqualTo(all);
  }

  @Test
  void replicationAndExchange_standForTheirKinds() {
    var given = TrialSettings.of(List.of("--only", "replication,node-cut"), FOLDER, 1);
    assertThat(given.kinds())
        .hasSize(11)
        .containsAll(FaultKind.REPLICATION)
        .contains(FaultKind.NODE_CUT);
    assertThat(TrialSettings.of(List.of("--only", "exchange"), FOLDER, 1).kinds())
        .isEqualTo(FaultKind.EXCHANGE);
  }
}
