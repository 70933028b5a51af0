package govcloud.domain.subject;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.SubjectFixture;

class SubjectContractTest extends AggregateContract<SubjectCommand, SubjectEvent, SubjectState> {

  SubjectContractTest() {
    super(new SubjectFixture());
  }
}
