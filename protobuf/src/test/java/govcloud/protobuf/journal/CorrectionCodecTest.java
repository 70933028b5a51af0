package govcloud.protobuf.journal;

import govcloud.domain.contract.CorrectionFixture;
import govcloud.domain.correction.CorrectionEvent;

class CorrectionCodecTest extends CommitCodecContract<CorrectionEvent> {

  CorrectionCodecTest() {
    super(new CorrectionFixture(), new CorrectionCodec());
  }
}
