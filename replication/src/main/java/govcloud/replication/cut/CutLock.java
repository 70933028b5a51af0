package govcloud.replication.cut;

import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.statement.DamagedReplicaException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The time-lock of cuts: within it none is deleted, whoever asks. Blocks. */
public final class CutLock {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Duration retention;
  private final Clock clock;

  /**
   * A lock.
   *
   * @param retention how long a cut is kept at least, from the moment that it closes
   */
  public CutLock(ArchiveStore store, ReplicaTrust trust, Duration retention, Clock clock) {
    this.store = store;
    this.trust = trust;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Until when a cut, and so all before it, may not be deleted.
   *
   * @return empty where the time is over, or the cut is not there
   */
  public Optional<Instant> lockedUntil(long number)
      throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.cut(number);
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Instant until = Cut.verify(name, file.get(), trust).closedAt().plus(retention);
    return until.isAfter(clock.instant()) ? Optional.of(until) : Optional.empty();
  }
}
