package govcloud.protobuf.journal;

import govcloud.domain.contract.AccountFixture;
import govcloud.domain.identity.AccountEvent;

class AccountCodecTest extends CommitCodecContract<AccountEvent> {

  AccountCodecTest() {
    super(new AccountFixture(), new AccountCodec());
  }
}
