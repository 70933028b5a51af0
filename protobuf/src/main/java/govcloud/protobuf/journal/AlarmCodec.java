package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.alarm.AlarmEvent;
import govcloud.protobuf.journal.v1.AlarmChange;
import govcloud.protobuf.journal.v1.AlarmCommit;
import java.time.Instant;
import java.util.ArrayList;

/** Journal form of {@link AlarmEvent}. */
public final class AlarmCodec extends ProtobufCommitCodec<AlarmEvent> {

  /** The codec of {@code alarms/1}. */
  public AlarmCodec() {
    super("alarms", 1, AlarmEvent.class);
  }

  @Override
  MessageLite write(Commit<AlarmEvent> commit) {
    var message = AlarmCommit.newBuilder().setHeader(header(commit));
    for (var event : commit.events()) {
      var change = change(event);
      if (!event.at().equals(commit.at())) {
        change.setAt(timestamp(event.at()));
      }
      message.addChanges(change);
    }
    return message.build();
  }

  @Override
  Commit<AlarmEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = AlarmCommit.parseFrom(payload);
    var events = new ArrayList<AlarmEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static AlarmChange.Builder change(AlarmEvent event) {
    var change = AlarmChange.newBuilder();
    if (event instanceof AlarmEvent.Raised e) {
      change
          .getRaisedBuilder()
          .setKind(e.kind())
          .setSubject(e.subject())
          .setDetail(e.detail())
          .setNode(e.node())
          .setSince(timestamp(e.since()));
    } else if (event instanceof AlarmEvent.Cleared e) {
      change.getClearedBuilder().setKind(e.kind()).setSubject(e.subject());
    } else {
      throw formless(event);
    }
    return change;
  }

  private AlarmEvent event(AlarmChange change, Instant at) {
    return switch (change.getKindCase()) {
      case RAISED -> raised(change.getRaised(), at);
      case CLEARED ->
          new AlarmEvent.Cleared(
              change.getCleared().getKind(), change.getCleared().getSubject(), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static AlarmEvent raised(AlarmChange.Raised raised, Instant at) {
    return new AlarmEvent.Raised(
        raised.getKind(),
        raised.getSubject(),
        raised.getDetail(),
        raised.getNode(),
        instant(raised.getSince()),
        at);
  }
}
