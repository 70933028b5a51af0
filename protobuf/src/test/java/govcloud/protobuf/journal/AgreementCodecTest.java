package govcloud.protobuf.journal;

import govcloud.domain.contract.AgreementFixture;
import govcloud.domain.sharing.AgreementEvent;

class AgreementCodecTest extends CommitCodecContract<AgreementEvent> {

  AgreementCodecTest() {
    super(new AgreementFixture(), new AgreementCodec());
  }
}
