package govcloud.protobuf.journal;

import govcloud.domain.casework.CaseEvent;
import govcloud.domain.contract.CaseFixture;

class CaseCodecTest extends CommitCodecContract<CaseEvent> {

  CaseCodecTest() {
    super(new CaseFixture(), new CaseCodec());
  }
}
