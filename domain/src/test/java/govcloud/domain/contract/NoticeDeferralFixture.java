package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.deferral.NoticeDeferral;
import govcloud.domain.deferral.NoticeDeferralCommand;
import govcloud.domain.deferral.NoticeDeferralEvent;
import govcloud.domain.deferral.NoticeDeferralState;
import govcloud.domain.sharing.SharingLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Two people of a department defer the notice of an investigation. */
public final class NoticeDeferralFixture
    implements AggregateFixture<NoticeDeferralCommand, NoticeDeferralEvent, NoticeDeferralState> {

  private static final Instant SOON = AggregateWalk.BEGIN.plus(Duration.ofDays(40));
  private static final Instant LATER = AggregateWalk.BEGIN.plus(Duration.ofDays(90));
  private static final String BASIS = "《公职人员政务处分法》第四十二条";

  @Override
  public NoticeDeferral aggregate() {
    return new NoticeDeferral(SharingLimits.USUAL);
  }

  @Override
  public Class<NoticeDeferralCommand> commandType() {
    return NoticeDeferralCommand.class;
  }

  @Override
  public Class<NoticeDeferralEvent> eventType() {
    return NoticeDeferralEvent.class;
  }

  @Override
  public List<NoticeDeferralCommand> commands() {
    return List.of(
        new NoticeDeferralCommand.Propose("立案调查", BASIS, SOON),
        new NoticeDeferralCommand.Propose("立案调查", BASIS, LATER),
        new NoticeDeferralCommand.Propose(" ", BASIS, LATER),
        new NoticeDeferralCommand.Propose("立案调查", BASIS, AggregateWalk.BEGIN),
        new NoticeDeferralCommand.Approve("立案调查", BASIS, SOON),
        new NoticeDeferralCommand.Approve("立案调查", BASIS, LATER),
        new NoticeDeferralCommand.Approve("其他", BASIS, LATER),
        new NoticeDeferralCommand.Decline("理由不足"),
        new NoticeDeferralCommand.Decline(""),
        new NoticeDeferralCommand.Release("调查结束"),
        new NoticeDeferralCommand.Release("x".repeat(1_001)));
  }

  @Override
  public List<Actor> actors() {
    return List.of(new Actor("sun", "data-officer"), new Actor("qian", "agreement-signer"));
  }

  @Override
  public Set<Class<? extends NoticeDeferralCommand>> idempotent() {
    return Set.of(NoticeDeferralCommand.Propose.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("none", "proposed", "declined", "granted", "released");
  }

  @Override
  public int pace() {
    return 2_000;
  }
}
