package govcloud.domain.contract;

import govcloud.domain.Actor;
import govcloud.domain.recall.Recall;
import govcloud.domain.recall.RecallCommand;
import govcloud.domain.recall.RecallEvent;
import govcloud.domain.recall.RecallState;
import govcloud.domain.sharing.SharingLimits;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The police correct the points of a driver, which two cases of transport have received. */
public final class RecallFixture
    implements AggregateFixture<RecallCommand, RecallEvent, RecallState> {

  /** What was wrong. */
  public static final RecallState.Matter MATTER = matter("记分有误，应为 0 分");

  private static final RecallState.Receiver FIRST = receiver("permits/c-1");
  private static final RecallState.Receiver SECOND = receiver("permits/c-2");

  private static RecallState.Matter matter(String reason) {
    return new RecallState.Matter(
        "police",
        "traffic-violations",
        "机动车交通违法信息",
        "Traffic violations",
        "subject=" + "0123456789abcdef".repeat(4),
        List.of("points"),
        Instant.parse("2020-03-02T01:15:27Z"),
        reason);
  }

  private static RecallState.Receiver receiver(String caseId) {
    return new RecallState.Receiver(
        "transport", caseId, "zhang-san", "0123456789abcdef0123456789abcdef", 17);
  }

  @Override
  public Recall aggregate() {
    return new Recall(new TestCatalogue().calendar(), SharingLimits.USUAL);
  }

  @Override
  public Class<RecallCommand> commandType() {
    return RecallCommand.class;
  }

  @Override
  public Class<RecallEvent> eventType() {
    return RecallEvent.class;
  }

  @Override
  public List<RecallCommand> commands() {
    return List.of(
        new RecallCommand.Issue("police", MATTER),
        new RecallCommand.Issue("transport", MATTER),
        new RecallCommand.Issue("police", matter(" ")),
        new RecallCommand.Escalate(),
        new RecallCommand.Tell(List.of()),
        new RecallCommand.Tell(List.of(FIRST)),
        new RecallCommand.Tell(List.of(SECOND, FIRST, SECOND)),
        new RecallCommand.Acknowledge("transport", "permits/c-1", "已重新核定"),
        new RecallCommand.Acknowledge("transport", "permits/c-1", ""),
        new RecallCommand.Acknowledge("transport", "permits/c-2", "未使用该数据"),
        new RecallCommand.Acknowledge("tax", "permits/c-1", "not ours"));
  }

  @Override
  public List<Actor> actors() {
    return List.of(new Actor("sun", "data-officer"), Actor.platform());
  }

  @Override
  public Set<Class<? extends RecallCommand>> idempotent() {
    return Set.of(
        RecallCommand.Issue.class,
        RecallCommand.Tell.class,
        RecallCommand.Acknowledge.class,
        RecallCommand.Escalate.class);
  }

  @Override
  public Set<String> statuses() {
    return Set.of("none", "open", "done");
  }
}
