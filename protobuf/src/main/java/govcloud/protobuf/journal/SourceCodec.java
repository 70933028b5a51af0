package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.identity.SourceEvent;
import govcloud.protobuf.journal.v1.SourceChange;
import govcloud.protobuf.journal.v1.SourceCommit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/** Journal form of {@link SourceEvent}. */
public final class SourceCodec extends ProtobufCommitCodec<SourceEvent> {

  /** The codec of {@code source/1}. */
  public SourceCodec() {
    super("source", 1, SourceEvent.class);
  }

  @Override
  MessageLite write(Commit<SourceEvent> commit) {
    var message = SourceCommit.newBuilder().setHeader(header(commit));
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
  Commit<SourceEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = SourceCommit.parseFrom(payload);
    var events = new ArrayList<SourceEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static SourceChange.Builder change(SourceEvent event) {
    var change = SourceChange.newBuilder();
    if (event instanceof SourceEvent.Refused e) {
      var refused = change.getRefusedBuilder().setAccount(e.account());
      e.closedUntil().ifPresent(until -> refused.setClosedUntil(timestamp(until)));
    } else if (event instanceof SourceEvent.LetIn e) {
      change.getLetInBuilder().setAccount(e.account());
    } else {
      throw formless(event);
    }
    return change;
  }

  private SourceEvent event(SourceChange change, Instant at) {
    return switch (change.getKindCase()) {
      case REFUSED -> refused(change.getRefused(), at);
      case LET_IN -> new SourceEvent.LetIn(change.getLetIn().getAccount(), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }

  private static SourceEvent refused(SourceChange.Refused refused, Instant at) {
    var until =
        refused.hasClosedUntil()
            ? Optional.of(instant(refused.getClosedUntil()))
            : Optional.<Instant>empty();
    return new SourceEvent.Refused(refused.getAccount(), until, at);
  }
}
