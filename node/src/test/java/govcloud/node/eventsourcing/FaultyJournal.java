package govcloud.node.eventsourcing;

import govcloud.journal.OutcomeUnknownException;
import govcloud.journal.RecordRejectedException;
import govcloud.protobuf.journal.v1.Record;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Keeps records in memory and fails as the name of the entity says: {@code rejects-once}, {@code
 * unknown-once} (stored, but said to be unknown), {@code forgets} (a record is missing at replay),
 * {@code unreachable} (recovery fails the first time).
 */
public final class FaultyJournal extends AsyncWriteJournal {

  private final Map<String, List<PersistentRepr>> stored = new HashMap<>();
  private final Set<String> failedOnce = new HashSet<>();

  @Override
  public synchronized Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    List<Optional<Exception>> results = new ArrayList<>();
    for (var message : messages) {
      var id = message.persistenceId();
      if (id.contains("rejects-once") && failedOnce.add(id)) {
        results.add(Optional.of(new RecordRejectedException("another head")));
        continue;
      }
      for (var written : CollectionConverters.asJava(message.payload())) {
        stored.computeIfAbsent(id, any -> new ArrayList<>()).add(written);
      }
      if (id.contains("unknown-once") && failedOnce.add(id)) {
        return Futures.failed(new OutcomeUnknownException("time-out"));
      }
      results.add(Optional.empty());
    }
    return Futures.successful(results);
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
    return Futures.failed(new UnsupportedOperationException("records are never deleted"));
  }

  @Override
  public synchronized Future<Void> doAsyncReplayMessages(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
    stored.getOrDefault(persistenceId, List.of()).stream()
        .filter(one -> one.sequenceNr() >= from && one.sequenceNr() <= to)
        .filter(one -> !persistenceId.contains("forgets") || sequence(one) != 2)
        .forEach(replay);
    return Futures.successful(null);
  }

  @Override
  public synchronized Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
    if (persistenceId.contains("unreachable") && failedOnce.add(persistenceId)) {
      return Futures.failed(new IllegalStateException("no journal"));
    }
    return Futures.successful((long) stored.getOrDefault(persistenceId, List.of()).size());
  }

  private static long sequence(PersistentRepr stored) {
    return ((Record) stored.payload()).getSequence();
  }
}
