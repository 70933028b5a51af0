package govcloud.domain.operation;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.OperationFixture;

class OperationContractTest
    extends AggregateContract<OperationCommand, OperationEvent, OperationState> {

  OperationContractTest() {
    super(new OperationFixture());
  }
}
