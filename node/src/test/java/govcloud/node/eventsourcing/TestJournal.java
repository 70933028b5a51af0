package govcloud.node.eventsourcing;

import govcloud.journal.JournalUnavailableException;
import govcloud.journal.RecordRejectedException;
import govcloud.journal.Slices;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The parts of the journal that are not Pekko's. */
final class TestJournal implements JournalSeam {

  /** The sequence that another node has reached, for all entities. */
  volatile long ofAnotherNode;

  volatile boolean unreachable;
  volatile boolean silent;

  @Override
  public int sliceOf(String entityId) {
    return Slices.of(entityId, 1);
  }

  @Override
  public long position(int slice) {
    return 7;
  }

  @Override
  public Optional<Damage> damageIn(Throwable failure) {
    return Optional.empty();
  }

  @Override
  public CompletionStage<Long> confirm(String entityId) {
    if (silent) {
      return new CompletableFuture<>();
    }
    return unreachable
        ? CompletableFuture.failedStage(new JournalUnavailableException("slice lost"))
        : CompletableFuture.completedStage(ofAnotherNode);
  }

  @Override
  public boolean isNotStored(Throwable failure) {
    return failure instanceof RecordRejectedException;
  }
}
