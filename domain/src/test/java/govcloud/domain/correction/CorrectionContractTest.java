package govcloud.domain.correction;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.CorrectionFixture;

class CorrectionContractTest
    extends AggregateContract<CorrectionCommand, CorrectionEvent, CorrectionState> {

  CorrectionContractTest() {
    super(new CorrectionFixture());
  }
}
