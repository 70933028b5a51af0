package govcloud.protobuf.journal;

import govcloud.domain.app.AppInstanceEvent;
import govcloud.domain.contract.AppInstanceFixture;

class AppInstanceCodecTest extends CommitCodecContract<AppInstanceEvent> {

  AppInstanceCodecTest() {
    super(new AppInstanceFixture(), new AppInstanceCodec());
  }
}
