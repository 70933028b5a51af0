package govcloud.domain.alarm;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.AlarmFixture;

class AlarmContractTest extends AggregateContract<AlarmCommand, AlarmEvent, AlarmState> {

  AlarmContractTest() {
    super(new AlarmFixture());
  }
}
