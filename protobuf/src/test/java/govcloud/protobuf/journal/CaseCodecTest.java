package govcloud.protobuf.journal;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.domain.Actor;
import govcloud.domain.Commit;
import govcloud.domain.casework.CaseEvent;
import govcloud.domain.casework.Material;
import govcloud.domain.contract.CaseFixture;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CaseCodecTest extends CommitCodecContract<CaseEvent> {

  /** As first released; never changed. */
  private static final String MATERIAL_WITH_CONTENT =
      "0a650a0c08e4d8d0f4041080dacd830112057a68616e671a05636c65726b22056b65792d312a4061"
          + "62616261626162616261626162616261626162616261626162616261626162616261626162616261"
          + "6261626162616261626162616261626162616261626162127832760a04706c616e1002180120012a"
          + "680a4061626162616261626162616261626162616261626162616261626162616261626162616261"
          + "626162616261626162616261626162616261626162616261626162120f6170706c69636174696f6e"
          + "2f70646618e7242210e680bbe5b9b3e99da2e59bbe2e706466";

  CaseCodecTest() {
    super(new CaseFixture(), new CaseCodec());
  }

  @Test
  void releasedMaterialWithContent_read_meansWhatItMeant() {
    var material =
        new Material("plan", Material.Kind.COPY, true, true, Optional.of(CaseFixture.PLAN));
    var commit =
        new Commit<CaseEvent>(
            CaseFixture.PAST,
            new Actor("zhang", "clerk"),
            "key-1",
            "ab".repeat(32),
            List.of(new CaseEvent.MaterialRecorded(material, CaseFixture.PAST)));
    var bytes = new CaseCodec().encode(commit);
    assertThat(HexFormat.of().formatHex(bytes)).isEqualTo(MATERIAL_WITH_CONTENT);
    assertThat(new CaseCodec().decode(bytes)).isEqualTo(commit);
  }
}
