package govcloud.domain.identity;

import govcloud.domain.contract.AccountFixture;
import govcloud.domain.contract.AggregateContract;

class AccountContractTest extends AggregateContract<AccountCommand, AccountEvent, AccountState> {

  AccountContractTest() {
    super(new AccountFixture());
  }
}
