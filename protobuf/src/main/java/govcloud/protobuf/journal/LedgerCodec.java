package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.exchange.LedgerEvent;
import govcloud.protobuf.journal.v1.LedgerChange;
import govcloud.protobuf.journal.v1.LedgerCommit;
import java.time.Instant;
import java.util.ArrayList;

/** Journal form of {@link LedgerEvent}. */
public final class LedgerCodec extends ProtobufCommitCodec<LedgerEvent> {

  /** The codec of {@code ledger/1}. */
  public LedgerCodec() {
    super("ledger", 1, LedgerEvent.class);
  }

  @Override
  MessageLite write(Commit<LedgerEvent> commit) {
    var message = LedgerCommit.newBuilder().setHeader(header(commit));
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
  Commit<LedgerEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = LedgerCommit.parseFrom(payload);
    var events = new ArrayList<LedgerEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static LedgerChange.Builder change(LedgerEvent event) {
    var change = LedgerChange.newBuilder();
    if (event instanceof LedgerEvent.Begun e) {
      change.getBegunBuilder().setKey(e.key()).setSiteEpoch(e.siteEpoch());
    } else if (event instanceof LedgerEvent.Appended e) {
      change.getAppendedBuilder().setFirst(e.first()).addAllLeaves(e.leaves());
    } else {
      throw formless(event);
    }
    return change;
  }

  private LedgerEvent event(LedgerChange change, Instant at) {
    return switch (change.getKindCase()) {
      case BEGUN ->
          new LedgerEvent.Begun(change.getBegun().getKey(), change.getBegun().getSiteEpoch(), at);
      case APPENDED ->
          new LedgerEvent.Appended(
              change.getAppended().getFirst(), change.getAppended().getLeavesList(), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }
}
