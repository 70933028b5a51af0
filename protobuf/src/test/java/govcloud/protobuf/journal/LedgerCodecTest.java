package govcloud.protobuf.journal;

import govcloud.domain.contract.LedgerFixture;
import govcloud.domain.exchange.LedgerEvent;

class LedgerCodecTest extends CommitCodecContract<LedgerEvent> {

  LedgerCodecTest() {
    super(new LedgerFixture(), new LedgerCodec());
  }
}
