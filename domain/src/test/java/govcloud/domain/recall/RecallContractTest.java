package govcloud.domain.recall;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.RecallFixture;

class RecallContractTest extends AggregateContract<RecallCommand, RecallEvent, RecallState> {

  RecallContractTest() {
    super(new RecallFixture());
  }
}
