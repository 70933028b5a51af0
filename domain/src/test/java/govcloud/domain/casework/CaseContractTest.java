package govcloud.domain.casework;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.CaseFixture;

class CaseContractTest extends AggregateContract<CaseCommand, CaseEvent, CaseState> {

  CaseContractTest() {
    super(new CaseFixture());
  }
}
