package govcloud.domain.objection;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.ObjectionFixture;

class ObjectionContractTest
    extends AggregateContract<ObjectionCommand, ObjectionEvent, ObjectionState> {

  ObjectionContractTest() {
    super(new ObjectionFixture());
  }
}
