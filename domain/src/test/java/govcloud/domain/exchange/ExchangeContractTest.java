package govcloud.domain.exchange;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.ExchangeFixture;

class ExchangeContractTest
    extends AggregateContract<ExchangeCommand, ExchangeEvent, ExchangeState> {

  ExchangeContractTest() {
    super(new ExchangeFixture());
  }
}
