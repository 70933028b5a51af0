package govcloud.domain.audit;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.AuditFixture;

class AuditContractTest extends AggregateContract<AuditCommand, AuditEvent, AuditState> {

  AuditContractTest() {
    super(new AuditFixture());
  }
}
