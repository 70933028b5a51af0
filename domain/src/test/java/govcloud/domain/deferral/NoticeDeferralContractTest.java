package govcloud.domain.deferral;

import govcloud.domain.contract.AggregateContract;
import govcloud.domain.contract.NoticeDeferralFixture;

class NoticeDeferralContractTest
    extends AggregateContract<NoticeDeferralCommand, NoticeDeferralEvent, NoticeDeferralState> {

  NoticeDeferralContractTest() {
    super(new NoticeDeferralFixture());
  }
}
