package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.correction.Correction;
import govcloud.domain.correction.CorrectionCommand;
import govcloud.domain.correction.CorrectionEvent;
import govcloud.domain.correction.CorrectionState;
import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.domain.identity.Roles;
import govcloud.domain.sharing.SharingLimits;
import java.util.List;
import java.util.Set;

/** A driver holds the points that the police gave to the transport bureau to be wrong. */
public final class CorrectionFixture
    implements AggregateFixture<CorrectionCommand, CorrectionEvent, CorrectionState> {

  /** What the driver holds to be wrong. */
  public static final CorrectionState.Matter MATTER = matter(Asker.CITIZEN);

  private static CorrectionState.Matter matter(Asker asker) {
    return new CorrectionState.Matter(
        asker,
        "0123456789abcdef0123456789abcdef",
        "transport",
        "police",
        "traffic-violations",
        "机动车交通违法信息",
        "Traffic violations",
        "permits/c-1",
        "points",
        "subject=0123",
        17);
  }

  @Override
  public Correction aggregate() {
    return new Correction(new TestCatalogue().calendar(), SharingLimits.USUAL);
  }

  @Override
  public Class<CorrectionCommand> commandType() {
    return CorrectionCommand.class;
  }

  @Override
  public Class<CorrectionEvent> eventType() {
    return CorrectionEvent.class;
  }

  @Override
  public List<CorrectionCommand> commands() {
    return List.of(
        new CorrectionCommand.Ask(MATTER, "sealed:0", "当时车辆已过户"),
        new CorrectionCommand.Ask(matter(Asker.OFFICE), "3", "与处罚决定书不符"),
        new CorrectionCommand.Ask(MATTER, " ", "当时车辆已过户"),
        new CorrectionCommand.Ask(MATTER, "0", "x".repeat(1_001)),
        new CorrectionCommand.Escalate(),
        new CorrectionCommand.Escalate(),
        new CorrectionCommand.Accept("transport", "r", "not theirs to say"),
        new CorrectionCommand.Refuse("police", " "),
        new CorrectionCommand.Accept("police", "correction-1", "经核实有误，已更正"),
        new CorrectionCommand.Refuse("police", "经核实无误"));
  }

  @Override
  public List<Actor> actors() {
    return List.of(
        new Actor("wang-xiaoming", Roles.CITIZEN),
        Actor.platform(),
        new Actor("sun", "data-officer"));
  }

  @Override
  public Set<Class<? extends CorrectionCommand>> idempotent() {
    return Set.of(CorrectionCommand.Ask.class, CorrectionCommand.Escalate.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("none", "open", "accepted", "refused");
  }

  @Override
  public int pace() {
    return 6_000;
  }
}
