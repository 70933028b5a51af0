package govcloud.protobuf.journal;

import govcloud.domain.contract.RecallFixture;
import govcloud.domain.recall.RecallEvent;

class RecallCodecTest extends CommitCodecContract<RecallEvent> {

  RecallCodecTest() {
    super(new RecallFixture(), new RecallCodec());
  }
}
