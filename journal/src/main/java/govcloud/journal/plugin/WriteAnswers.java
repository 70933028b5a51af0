package govcloud.journal.plugin;

import govcloud.journal.RecordRejectedException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.JournalProtocol.LoopMessageSuccess;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageFailure;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageRejected;
import org.apache.pekko.persistence.JournalProtocol.WriteMessageSuccess;
import org.apache.pekko.persistence.JournalProtocol.WriteMessages;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesFailed;
import org.apache.pekko.persistence.JournalProtocol.WriteMessagesSuccessful$;
import org.apache.pekko.persistence.PersistentEnvelope;
import org.apache.pekko.persistence.PersistentRepr;
import scala.jdk.javaapi.CollectionConverters;

/** Collects the outcomes of one write request and answers in its order when all are there. */
final class WriteAnswers {

  private final WriteMessages request;
  private final ActorRef journal;
  private final List<PersistentEnvelope> messages;
  private final List<AtomicWrite> writes;
  private final AtomicReferenceArray<Throwable> failures;
  private final AtomicInteger open;

  WriteAnswers(WriteMessages request, ActorRef journal) {
    this.request = request;
    this.journal = journal;
    this.messages = List.copyOf(CollectionConverters.asJava(request.messages()));
    this.writes =
        messages.stream()
            .filter(AtomicWrite.class::isInstance)
            .map(AtomicWrite.class::cast)
            .toList();
    this.failures = new AtomicReferenceArray<>(writes.size());
    this.open = new AtomicInteger(writes.size());
  }

  List<AtomicWrite> writes() {
    return writes;
  }

  /** The outcome of the n-th write; null: stored. */
  void settle(int index, Throwable failure) {
    failures.set(index, failure);
    if (open.decrementAndGet() == 0) {
      send();
    }
  }

  void send() {
    ActorRef receiver = request.persistentActor();
    receiver.tell(summary(), journal);
    int index = 0;
    for (PersistentEnvelope message : messages) {
      if (message instanceof AtomicWrite write) {
        Throwable failure = failures.get(index++);
        for (PersistentRepr record : CollectionConverters.asJava(write.payload())) {
          receiver.tell(answer(record, failure), record.sender());
        }
      } else {
        receiver.tell(
            new LoopMessageSuccess(message.payload(), request.actorInstanceId()), message.sender());
      }
    }
  }

  private Object summary() {
    for (int i = 0; i < failures.length(); i++) {
      Throwable failure = failures.get(i);
      if (failure != null && !(failure instanceof RecordRejectedException)) {
        return new WriteMessagesFailed(failure, writes.size());
      }
    }
    return WriteMessagesSuccessful$.MODULE$;
  }

  private Object answer(PersistentRepr record, Throwable failure) {
    int instance = request.actorInstanceId();
    if (failure == null) {
      return new WriteMessageSuccess(record, instance);
    }
    return failure instanceof RecordRejectedException
        ? new WriteMessageRejected(record, failure, instance)
        : new WriteMessageFailure(record, failure, instance);
  }
}
