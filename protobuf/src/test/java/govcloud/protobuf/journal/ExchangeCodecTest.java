package govcloud.protobuf.journal;

import govcloud.domain.contract.ExchangeFixture;
import govcloud.domain.exchange.ExchangeEvent;

class ExchangeCodecTest extends CommitCodecContract<ExchangeEvent> {

  ExchangeCodecTest() {
    super(new ExchangeFixture(), new ExchangeCodec());
  }
}
