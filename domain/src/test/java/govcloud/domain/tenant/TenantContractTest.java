package govcloud.domain.tenant;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.TenantFixture;

class TenantContractTest extends AggregateContract<TenantCommand, TenantEvent, TenantState> {

  TenantContractTest() {
    super(new TenantFixture());
  }
}
