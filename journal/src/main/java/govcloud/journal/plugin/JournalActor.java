package govcloud.journal.plugin;

import govcloud.journal.JournalException;
import govcloud.journal.RecordRejectedException;
import govcloud.journal.core.Entry;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.JournalProtocol.DeleteMessagesTo;
import org.apache.pekko.persistence.JournalProtocol.RecoverySuccess;
import org.apache.pekko.persistence.JournalProtocol.ReplayMessages;
import org.apache.pekko.persistence.JournalProtocol.ReplayMessagesFailure;
import org.apache.pekko.persistence.JournalProtocol.ReplayedMessage;
import org.apache.pekko.persistence.JournalProtocol.WriteMessages;
import org.apache.pekko.persistence.PersistentRepr;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The journal plugin. An actor of its own instead of Pekko's base class: that answers in one global
 * order, so that one slow slice would hold up all others, and has one circuit breaker for all.
 */
public final class JournalActor extends AbstractActor {

  private SliceJournal journal;

  @Override
  public void preStart() {
    journal = SliceJournal.get(getContext().getSystem());
  }

  @Override
  public Receive createReceive() {
    return receiveBuilder()
        .match(WriteMessages.class, this::write)
        .match(ReplayMessages.class, this::replay)
        .match(DeleteMessagesTo.class, this::refuseDelete)
        .build();
  }

  private void write(WriteMessages request) {
    WriteAnswers answers = new WriteAnswers(request, getSelf());
    List<AtomicWrite> writes = answers.writes();
    if (writes.isEmpty()) {
      answers.send();
    }
    for (int i = 0; i < writes.size(); i++) {
      int index = i;
      AtomicWrite write = writes.get(i);
      try {
        List<Entry> entries = entries(write);
        journal
            .hosted(write.persistenceId())
            .persist(entries, (position, failure) -> answers.settle(index, failure));
      } catch (JournalException rejected) {
        answers.settle(index, rejected);
      }
    }
  }

  private static List<Entry> entries(AtomicWrite write) {
    List<Entry> entries = new ArrayList<>();
    for (PersistentRepr message : CollectionConverters.asJava(write.payload())) {
      if (!(message.payload() instanceof Record record)) {
        throw new RecordRejectedException(
            "payload: " + message.payload().getClass().getName() + " (expected: a journal Record)");
      }
      boolean agrees =
          record.getEntityId().equals(message.persistenceId())
              && record.getSequence() == message.sequenceNr();
      if (!agrees) {
        throw new RecordRejectedException(
            "record: "
                + record.getEntityId()
                + ", sequence "
                + record.getSequence()
                + " (expected: "
                + message.persistenceId()
                + ", "
                + message.sequenceNr()
                + ")");
      }
      entries.add(Entry.of(record));
    }
    return entries;
  }

  private void replay(ReplayMessages request) {
    long from = Math.max(1, request.fromSequenceNr());
    ActorRef receiver = request.persistentActor();
    journal
        .hosted(request.persistenceId())
        .recover(
            request.persistenceId(),
            from,
            (entries, failure) -> {
              if (failure != null) {
                receiver.tell(new ReplayMessagesFailure(failure), ActorRef.noSender());
              } else {
                replay(request, entries, receiver);
                receiver.tell(new RecoverySuccess(from - 1 + entries.size()), ActorRef.noSender());
              }
            });
  }

  private static void replay(ReplayMessages request, List<Entry> entries, ActorRef receiver) {
    entries.stream()
        .takeWhile(entry -> entry.sequence() <= request.toSequenceNr())
        .limit(request.max())
        .forEach(
            entry ->
                receiver.tell(
                    new ReplayedMessage(
                        PersistentRepr.apply(
                            entry.record(),
                            entry.sequence(),
                            entry.entityId(),
                            "",
                            false,
                            ActorRef.noSender(),
                            "")),
                    ActorRef.noSender()));
  }

  /** The log is a ledger. */
  private void refuseDelete(DeleteMessagesTo request) {
    request
        .persistentActor()
        .tell(
            new DeleteMessagesFailure(
                new UnsupportedOperationException(
                    "delete of " + request.persistenceId() + " (expected: records stay)"),
                request.toSequenceNr()),
            getSelf());
  }
}
