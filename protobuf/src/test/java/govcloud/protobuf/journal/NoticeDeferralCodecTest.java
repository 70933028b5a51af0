package govcloud.protobuf.journal;

import govcloud.domain.contract.NoticeDeferralFixture;
import govcloud.domain.deferral.NoticeDeferralEvent;

class NoticeDeferralCodecTest extends CommitCodecContract<NoticeDeferralEvent> {

  NoticeDeferralCodecTest() {
    super(new NoticeDeferralFixture(), new NoticeDeferralCodec());
  }
}
