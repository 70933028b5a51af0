package govcloud.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was found once stays mended. */
class SeedsTest {

  @ParameterizedTest
  @EnumSource(Target.class)
  void seedsAndOldFindings_areTakenOrRefused(Target target) throws Exception {
    var seeds = Seeds.of(target);
    assertThat(seeds).isNotEmpty();
    for (var seed : seeds) {
      assertThatCode(() -> target.take(seed)).doesNotThrowAnyException();
    }
  }

  @Test
  void whatNobodyExpects_isAFinding() {
    assertThatThrownBy(() -> FuzzEntry.fuzzerTestOneInput("GOV!".getBytes(StandardCharsets.UTF_8)))
        .hasMessage("the known defect");
  }
}
