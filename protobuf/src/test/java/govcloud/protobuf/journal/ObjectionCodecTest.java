package govcloud.protobuf.journal;

import govcloud.domain.contract.ObjectionFixture;
import govcloud.domain.objection.ObjectionEvent;

class ObjectionCodecTest extends CommitCodecContract<ObjectionEvent> {

  ObjectionCodecTest() {
    super(new ObjectionFixture(), new ObjectionCodec());
  }
}
