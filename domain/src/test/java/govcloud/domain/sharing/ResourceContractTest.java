package govcloud.domain.sharing;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.ResourceFixture;

class ResourceContractTest
    extends AggregateContract<ResourceCommand, ResourceEvent, ResourceState> {

  ResourceContractTest() {
    super(new ResourceFixture());
  }
}
