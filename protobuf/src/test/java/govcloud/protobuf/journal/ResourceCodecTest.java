package govcloud.protobuf.journal;

import govcloud.domain.contract.ResourceFixture;
import govcloud.domain.sharing.ResourceEvent;

class ResourceCodecTest extends CommitCodecContract<ResourceEvent> {

  ResourceCodecTest() {
    super(new ResourceFixture(), new ResourceCodec());
  }
}
