package govcloud.faultlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.faultlab.nemesis.FaultKind;
import java.nio.file.Path;
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
    assertThatThrownBy(() -> TrialSettings.of(List.of("--hours", "2"), FOLDER, 1))
        .hasMessage("--hours: unknown");
  }
}
