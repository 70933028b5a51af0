package govcloud.protobuf.journal;

import govcloud.domain.contract.TenantFixture;
import govcloud.domain.tenant.TenantEvent;

class TenantCodecTest extends CommitCodecContract<TenantEvent> {

  TenantCodecTest() {
    super(new TenantFixture(), new TenantCodec());
  }
}
