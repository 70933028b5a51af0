package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.identity.Roles;
import govcloud.domain.objection.Objection;
import govcloud.domain.objection.ObjectionCommand;
import govcloud.domain.objection.ObjectionEvent;
import govcloud.domain.objection.ObjectionState;
import govcloud.domain.sharing.SharingLimits;
import java.util.List;
import java.util.Set;

/** A driver objects to a look of the transport bureau at the data of the police. */
public final class ObjectionFixture
    implements AggregateFixture<ObjectionCommand, ObjectionEvent, ObjectionState> {

  /** What the driver objects to. */
  public static final ObjectionState.Matter MATTER =
      new ObjectionState.Matter(
          "0123456789abcdef0123456789abcdef",
          "transport",
          "police",
          "violations-for-renewal",
          "机动车交通违法信息",
          "Traffic violations",
          "permits/c-1",
          "营运车辆年审",
          "《道路运输条例》",
          List.of("plate", "points"),
          17);

  @Override
  public Objection aggregate() {
    return new Objection(new TestCatalogue().calendar(), SharingLimits.USUAL);
  }

  @Override
  public Class<ObjectionCommand> commandType() {
    return ObjectionCommand.class;
  }

  @Override
  public Class<ObjectionEvent> eventType() {
    return ObjectionEvent.class;
  }

  @Override
  public List<ObjectionCommand> commands() {
    return List.of(
        new ObjectionCommand.Raise(MATTER, "我没有申请过年审"),
        new ObjectionCommand.Raise(MATTER, "x".repeat(1_001)),
        new ObjectionCommand.Escalate(),
        new ObjectionCommand.Escalate(),
        new ObjectionCommand.Answer("transport", true, "not theirs to say"),
        new ObjectionCommand.Answer("police", false, " "),
        new ObjectionCommand.Answer("police", true, "查询与办件无关，已停用该账号"),
        new ObjectionCommand.Answer("police", false, "查询系办理本人年审所需"));
  }

  @Override
  public List<Actor> actors() {
    return List.of(
        new Actor("wang-xiaoming", Roles.CITIZEN),
        Actor.platform(),
        new Actor("sun", "data-officer"));
  }

  @Override
  public Set<Class<? extends ObjectionCommand>> idempotent() {
    return Set.of(ObjectionCommand.Raise.class, ObjectionCommand.Escalate.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("none", "open", "upheld", "rejected");
  }

  @Override
  public int pace() {
    return 6_000;
  }
}
