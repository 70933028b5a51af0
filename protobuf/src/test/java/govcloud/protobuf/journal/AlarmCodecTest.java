package govcloud.protobuf.journal;

import govcloud.domain.alarm.AlarmEvent;
import govcloud.domain.contract.AlarmFixture;

class AlarmCodecTest extends CommitCodecContract<AlarmEvent> {

  AlarmCodecTest() {
    super(new AlarmFixture(), new AlarmCodec());
  }
}
