package govcloud.protobuf.journal;

import govcloud.domain.audit.AuditEvent;
import govcloud.domain.contract.AuditFixture;

class AuditCodecTest extends CommitCodecContract<AuditEvent> {

  AuditCodecTest() {
    super(new AuditFixture(), new AuditCodec());
  }
}
