package govcloud.domain.alarm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a book of alarms without reading it.
 *
 * @param raised those that are not over, in the order in which they were raised
 * @param over the latest of the others, in the order in which they ended
 */
public record AlarmState(List<Alarm> raised, List<Alarm> over) {

  /** So many alarms that are over are remembered; all of them are in the book's history. */
  static final int MOST_OVER = 100;

  /** Nothing was raised. */
  public static final AlarmState EMPTY = new AlarmState(List.of(), List.of());

  /** Keeps the lists. */
  public AlarmState {
    raised = List.copyOf(raised);
    over = List.copyOf(over);
  }

  /** The alarm, if it is raised. */
  public Optional<Alarm> raised(String kind, String subject) {
    return raised.stream().filter(alarm -> alarm.is(kind, subject)).findFirst();
  }

  /** The book after {@code event}; accepts every event in every state. */
  AlarmState after(AlarmEvent event) {
    if (event instanceof AlarmEvent.Raised e) {
      List<Alarm> more = without(e.kind(), e.subject());
      more.add(new Alarm(e.kind(), e.subject(), e.detail(), e.node(), e.since(), Optional.empty()));
      return new AlarmState(more, over);
    } else if (event instanceof AlarmEvent.Cleared e) {
      List<Alarm> ended = new ArrayList<>(over);
      raised(e.kind(), e.subject()).ifPresent(alarm -> ended.add(alarm.over(e.at())));
      return new AlarmState(
          without(e.kind(), e.subject()),
          ended.subList(Math.max(0, ended.size() - MOST_OVER), ended.size()));
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }

  private List<Alarm> without(String kind, String subject) {
    List<Alarm> others = new ArrayList<>(raised);
    others.removeIf(alarm -> alarm.is(kind, subject));
    return others;
  }
}
