package govcloud.node.eventsourcing;

import govcloud.journal.DamagedEntityException;
import govcloud.journal.DamagedLogException;
import govcloud.journal.JournalUnavailableException;
import govcloud.journal.RecordRejectedException;
import govcloud.journal.plugin.SliceJournal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.pattern.CircuitBreakerOpenException;

/** The slice journal as entities see it. */
final class SliceJournalSeam implements JournalSeam {

  private final SliceJournal journal;

  SliceJournalSeam(SliceJournal journal) {
    this.journal = journal;
  }

  @Override
  public int sliceOf(String entityId) {
    return journal.slices().sliceOf(entityId);
  }

  @Override
  public long position(int slice) {
    return journal.appliedPosition(slice);
  }

  @Override
  public Optional<Damage> damageIn(Throwable failure) {
    if (failure instanceof DamagedEntityException damaged) {
      return Optional.of(new Damage(damaged.sequence(), damaged.getMessage()));
    }
    if (failure instanceof DamagedLogException damaged) {
      return Optional.of(new Damage(0, damaged.getMessage()));
    }
    return Optional.empty();
  }

  @Override
  public CompletionStage<Long> confirm(String entityId) {
    return journal.confirm(entityId);
  }

  @Override
  public boolean isNotStored(Throwable failure) {
    return failure instanceof JournalUnavailableException
        || failure instanceof RecordRejectedException
        || failure instanceof CircuitBreakerOpenException;
  }
}
