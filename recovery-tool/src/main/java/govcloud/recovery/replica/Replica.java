package govcloud.recovery.replica;

import govcloud.journal.HybridClock;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.ReplicaSecrets;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.StatementKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the sibling kept of the lost cloud.
 *
 * @param store its files
 * @param trust by whose signatures they are checked
 * @param secrets open them
 */
public record Replica(ArchiveStore store, ReplicaTrust trust, ReplicaSecrets secrets) {

  /**
   * Checks that shares and trust belong to one cloud.
   *
   * @throws RecoveryException with {@code RECOVERY_KEYS_WRONG}
   */
  public Replica requireMatching() throws RecoveryException {
    if (!secrets.cloud().equals(trust.origin())) {
      throw new RecoveryException(
          Code.RECOVERY_KEYS_WRONG,
          "keys: of cloud " + secrets.cloud() + " (expected: " + trust.origin() + ")");
    }
    if (!trust.recoveryKeys().contains(secrets.recoveryKey())) {
      throw new RecoveryException(
          Code.RECOVERY_KEYS_WRONG,
          "keys: not of the recovery key that the card of " + trust.origin() + " names");
    }
    return this;
  }

  /** The files with the keys to open them; one for each thread. */
  public KeyedArchive open() {
    return new KeyedArchive(store, trust, secrets::open);
  }

  /**
   * Up to where the cloud can be rebuilt.
   *
   * @param cut a cut's number; empty: everything that there is
   * @throws RecoveryException with {@code RECOVERY_POINT_UNKNOWN}
   */
  public RecoveryPoint point(OptionalLong cut)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    if (cut.isPresent()) {
      return RecoveryPoint.of(
          cut(cut.getAsLong())
              .orElseThrow(
                  () ->
                      new RecoveryException(
                          Code.RECOVERY_POINT_UNKNOWN,
                          "cut: " + cut.getAsLong() + " (expected: one of " + cutNumbers() + ")")));
    }
    List<ArchiveName> segments = store.list(StatementKind.SEGMENT);
    Optional<ArchiveName> last = store.last(StatementKind.CUT, 0);
    return RecoveryPoint.latest(
        segments, last.isEmpty() ? Optional.empty() : cut(last.get().number()));
  }

  /**
   * The whole cloud as it was signed last at or before a moment: a cut.
   *
   * @throws RecoveryException with {@code RECOVERY_POINT_UNKNOWN} where none is so old
   */
  public RecoveryPoint asOf(Instant moment)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    return RecoveryPoint.of(
        Around.of(this, moment)
            .before()
            .orElseThrow(
                () ->
                    new RecoveryException(
                        Code.RECOVERY_POINT_UNKNOWN,
                        "as of: %s (expected: at or after the oldest of cuts %s; one department alone can be had at any moment)"
                            .formatted(moment, cutNumbers()))));
  }

  /** One department as it was at a moment, whether there is a cut of it or not. */
  public RecoveryPoint asOf(Instant moment, String tenant)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    Around around = Around.of(this, moment);
    RecoveryPoint read =
        around.after().isPresent()
            ? RecoveryPoint.of(around.after().get())
            : point(OptionalLong.empty());
    return read.of(tenant, moment, around.before());
  }

  /**
   * The cuts between which a moment lies; what was accepted until then is in the segments of the
   * second.
   */
  private record Around(Optional<Cut> before, Optional<Cut> after) {
    static Around of(Replica replica, Instant moment)
        throws ArchiveStoreException, DamagedReplicaException {
      List<Long> numbers =
          replica.store().list(StatementKind.CUT).stream()
              .map(ArchiveName::number)
              .sorted()
              .toList();
      Around around = new Around(Optional.empty(), Optional.empty());
      int from = 0;
      int to = numbers.size();
      while (from < to) {
        int middle = (from + to) / 2;
        Optional<Cut> cut = replica.cut(numbers.get(middle));
        long closed = cut.map(of -> of.statement().getClosedClock()).orElse(0L);
        if (closed <= HybridClock.lastOf(moment)) {
          around = new Around(cut, around.after());
          from = middle + 1;
        } else {
          around = new Around(around.before(), cut);
          to = middle;
        }
      }
      return around;
    }
  }

  /** A cut, if it is there. */
  public Optional<Cut> cut(long number) throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.cut(number);
    Optional<byte[]> file = store.read(name);
    return file.isEmpty() ? Optional.empty() : Optional.of(Cut.verify(name, file.get(), trust));
  }

  /** What there is of the sibling's signature over a cut. */
  public Witnessed witnessed(Cut cut) {
    ArchiveName name = ArchiveName.countersignature(cut.statement().getNumber());
    try {
      Optional<byte[]> file = store.read(name);
      if (file.isEmpty()) {
        return Witnessed.MISSING;
      }
      Countersignature.verify(name, file.get(), trust).requireFor(cut);
      return Witnessed.RIGHT;
    } catch (ArchiveStoreException e) {
      return Witnessed.UNREADABLE;
    } catch (DamagedReplicaException e) {
      return e.finding().defect() == ReplicaDefect.REPLICA_VERSION_UNKNOWN
          ? Witnessed.UNREADABLE
          : Witnessed.WRONG;
    }
  }

  private String cutNumbers() {
    try {
      List<Long> numbers =
          store.list(StatementKind.CUT).stream().map(ArchiveName::number).sorted().toList();
      return numbers.isEmpty()
          ? "none, there is no cut"
          : numbers.get(0) + " to " + numbers.get(numbers.size() - 1);
    } catch (ArchiveStoreException e) {
      return "those in the archive";
    }
  }
}
