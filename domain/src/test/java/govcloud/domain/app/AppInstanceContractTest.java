package govcloud.domain.app;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.AppInstanceFixture;

class AppInstanceContractTest
    extends AggregateContract<AppInstanceCommand, AppInstanceEvent, AppInstanceState> {

  AppInstanceContractTest() {
    super(new AppInstanceFixture());
  }
}
