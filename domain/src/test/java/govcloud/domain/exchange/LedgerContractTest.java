package govcloud.domain.exchange;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.LedgerFixture;

class LedgerContractTest extends AggregateContract<LedgerCommand, LedgerEvent, LedgerState> {

  LedgerContractTest() {
    super(new LedgerFixture());
  }
}
