package govcloud.protobuf.journal;

import govcloud.domain.contract.SubjectFixture;
import govcloud.domain.subject.SubjectEvent;

class SubjectCodecTest extends CommitCodecContract<SubjectEvent> {

  SubjectCodecTest() {
    super(new SubjectFixture(), new SubjectCodec());
  }
}
