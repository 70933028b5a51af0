package govcloud.protobuf.journal;

import govcloud.domain.contract.SourceFixture;
import govcloud.domain.identity.SourceEvent;

class SourceCodecTest extends CommitCodecContract<SourceEvent> {

  SourceCodecTest() {
    super(new SourceFixture(), new SourceCodec());
  }
}
