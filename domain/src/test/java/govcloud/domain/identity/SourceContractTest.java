package govcloud.domain.identity;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.SourceFixture;

class SourceContractTest extends AggregateContract<SourceCommand, SourceEvent, SourceState> {

  SourceContractTest() {
    super(new SourceFixture());
  }
}
