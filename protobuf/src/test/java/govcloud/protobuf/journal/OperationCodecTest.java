package govcloud.protobuf.journal;

import govcloud.domain.contract.OperationFixture;
import govcloud.domain.operation.OperationEvent;

class OperationCodecTest extends CommitCodecContract<OperationEvent> {

  OperationCodecTest() {
    super(new OperationFixture(), new OperationCodec());
  }
}
