package govcloud.node.replication;

import govcloud.domain.alarm.AlarmCommand;
import govcloud.domain.alarm.AlarmState;
import govcloud.node.replication.ReplicationAlarm.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What has to be written down so that a book of alarms says what a node sees. Pure. */
final class AlarmChanges {
  private AlarmChanges() {}

  /**
   * The changes.
   *
   * @param book what is written down
   * @param seen what the node sees
   * @param before an alarm is written down that has been seen since then at least
   * @param node name of the node
   * @param knows whether the node would see an alarm of a kind: one that has just started does not,
   *     and clears nothing
   */
  static List<AlarmCommand> of(
      AlarmState book,
      List<ReplicationAlarm> seen,
      Instant before,
      String node,
      Predicate<Kind> knows) {
    List<AlarmCommand> changes = new ArrayList<>();
    book.raised().stream()
        .filter(
            alarm ->
                seen.stream().noneMatch(one -> alarm.is(one.kind().name(), one.subject()))
                    && kind(alarm.kind()).map(knows::test).orElse(true))
        .forEach(alarm -> changes.add(new AlarmCommand.Clear(alarm.kind(), alarm.subject())));
    seen.stream()
        .filter(one -> !one.since().isAfter(before))
        .filter(one -> book.raised(one.kind().name(), one.subject()).isEmpty())
        .forEach(
            one ->
                changes.add(
                    new AlarmCommand.Raise(
                        one.kind().name(), one.subject(), one.detail(), node, one.since())));
    return changes;
  }

  /** The kind; none if this version does not know it any more. */
  private static Optional<Kind> kind(String name) {
    return Arrays.stream(Kind.values()).filter(kind -> kind.name().equals(name)).findFirst();
  }
}
