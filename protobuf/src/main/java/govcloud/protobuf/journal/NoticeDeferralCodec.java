package govcloud.protobuf.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import govcloud.domain.Commit;
import govcloud.domain.deferral.NoticeDeferralEvent;
import govcloud.protobuf.journal.v1.NoticeDeferralChange;
import govcloud.protobuf.journal.v1.NoticeDeferralCommit;
import java.time.Instant;
import java.util.ArrayList;

/** Journal form of {@link NoticeDeferralEvent}. */
public final class NoticeDeferralCodec extends ProtobufCommitCodec<NoticeDeferralEvent> {

  /** The codec of {@code deferral/1}. */
  public NoticeDeferralCodec() {
    super("deferral", 1, NoticeDeferralEvent.class);
  }

  @Override
  MessageLite write(Commit<NoticeDeferralEvent> commit) {
    var message = NoticeDeferralCommit.newBuilder().setHeader(header(commit));
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
  Commit<NoticeDeferralEvent> read(byte[] payload) throws InvalidProtocolBufferException {
    var message = NoticeDeferralCommit.parseFrom(payload);
    var events = new ArrayList<NoticeDeferralEvent>();
    for (var change : message.getChangesList()) {
      events.add(
          event(change, instant(change.hasAt() ? change.getAt() : message.getHeader().getAt())));
    }
    return commit(message.getHeader(), events);
  }

  private static NoticeDeferralChange.Builder change(NoticeDeferralEvent event) {
    var change = NoticeDeferralChange.newBuilder();
    if (event instanceof NoticeDeferralEvent.Proposed e) {
      change
          .getProposedBuilder()
          .setReason(e.reason())
          .setLegalBasis(e.legalBasis())
          .setUntil(timestamp(e.until()))
          .setPerson(e.person());
    } else if (event instanceof NoticeDeferralEvent.Approved e) {
      change.getApprovedBuilder().setPerson(e.person());
    } else if (event instanceof NoticeDeferralEvent.Declined e) {
      change.getDeclinedBuilder().setReason(e.reason()).setPerson(e.person());
    } else if (event instanceof NoticeDeferralEvent.Released e) {
      change.getReleasedBuilder().setReason(e.reason()).setPerson(e.person());
    } else {
      throw formless(event);
    }
    return change;
  }

  private NoticeDeferralEvent event(NoticeDeferralChange change, Instant at) {
    return switch (change.getKindCase()) {
      case PROPOSED ->
          new NoticeDeferralEvent.Proposed(
              change.getProposed().getReason(),
              change.getProposed().getLegalBasis(),
              instant(change.getProposed().getUntil()),
              change.getProposed().getPerson(),
              at);
      case APPROVED -> new NoticeDeferralEvent.Approved(change.getApproved().getPerson(), at);
      case DECLINED ->
          new NoticeDeferralEvent.Declined(
              change.getDeclined().getReason(), change.getDeclined().getPerson(), at);
      case RELEASED ->
          new NoticeDeferralEvent.Released(
              change.getReleased().getReason(), change.getReleased().getPerson(), at);
      case KIND_NOT_SET -> throw unknown("event");
    };
  }
}
