package govcloud.domain.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MaskingTest {

  @Test
  void usual_ofAConditionalResource_answersClaimsOnly() {
    assertThat(Masking.usual(SharingClass.CONDITIONAL, Optional.empty()).rule())
        .isEqualTo(Masking.Rule.PREDICATE);
    assertThat(Masking.usual(SharingClass.CONDITIONAL, Optional.of(Mode.BATCH)).rule())
        .isEqualTo(Masking.Rule.HIDDEN);
    assertThat(Masking.usual(SharingClass.CONDITIONAL, Optional.of(Mode.FILE)))
        .isEqualTo(Masking.PLAIN);
  }

  @Test
  void usual_ofAnUnconditionalResource_isTheValue() {
    assertThat(Masking.usual(SharingClass.UNCONDITIONAL, Optional.empty()))
        .isEqualTo(Masking.PLAIN);
    assertThat(Masking.usual(SharingClass.UNCONDITIONAL, Optional.of(Mode.BATCH)))
        .isEqualTo(Masking.PLAIN);
  }
}
