package govcloud.domain.sharing;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.AgreementFixture;

class AgreementContractTest
    extends AggregateContract<AgreementCommand, AgreementEvent, AgreementState> {

  AgreementContractTest() {
    super(new AgreementFixture());
  }
}
