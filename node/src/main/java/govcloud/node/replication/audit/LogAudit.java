package govcloud.node.replication.audit;

import govcloud.journal.cassandra.StoredJournal;
import govcloud.node.replication.HomeArchive;
import govcloud.node.replication.Pace;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.StatementKind;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Compares log, chunks and archive, slice by slice. Blocks. */
public final class LogAudit {
  private final HomeArchive home;
  private final ReplicaTrust trust;
  private final Supplier<StoredJournal> journal;
  private final int slices;
  private final Pace pace;

  /**
   * An audit; nothing is read yet.
   *
   * @param trust the cloud's own keys
   * @param journal opened at each run
   * @param pace of reading
   */
  public LogAudit(
      HomeArchive home,
      ReplicaTrust trust,
      Supplier<StoredJournal> journal,
      int slices,
      Pace pace) {
    this.home = home;
    this.trust = trust;
    this.journal = journal;
    this.slices = slices;
    this.pace = pace;
  }

  /** How many slices there are. */
  public int slices() {
    return slices;
  }

  /**
   * Audits a slice.
   *
   * @param found hears of each difference at once
   */
  public void run(int slice, Consumer<AuditFinding> found)
      throws ArchiveStoreException, KeyException {
    StoredJournal stored = journal.get();
    try (KeyedArchive archive = new KeyedArchive(home.store(), trust, home.keys()::epoch)) {
      long last =
          home.store().last(StatementKind.SEGMENT, slice).map(ArchiveName::number).orElse(0L);
      // Before the log is read: what has chunks now is in the log then.
      StoredEntities entities = StoredEntities.of(stored::entities, slice, slices);
      SliceLog log = new SliceLog(slice, archive, last, stored, pace);
      new SliceAudit(slice, log, stored, entities, pace, found).run();
    }
  }
}
