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
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares log, chunks and archive, slice by slice. Blocks. */
public final class LogAudit {
  private static final Logger LOG = LoggerFactory.getLogger(LogAudit.class);

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
   * Audits all slices, one after the other; none while a recovery still writes the log.
   *
   * @param found hears of each difference at once
   * @param done hears of each slice that is done
   */
  public void run(Consumer<AuditFinding> found, IntConsumer done)
      throws ArchiveStoreException, KeyException {
    StoredJournal stored = journal.get();
    if (stored.isBeingRestored()) {
      LOG.info("audit: log and chunks are not compared while a recovery writes them");
      return;
    }
    // Before the log is read: what has chunks now is in the log then.
    StoredEntities entities = StoredEntities.of(stored::entities, slices, pace);
    for (int slice = 0; slice < slices; slice++) {
      run(slice, stored, entities, found);
      done.accept(slice);
    }
  }

  private void run(
      int slice, StoredJournal stored, StoredEntities entities, Consumer<AuditFinding> found)
      throws ArchiveStoreException, KeyException {
    try (KeyedArchive archive = new KeyedArchive(home.store(), trust, home.keys()::epoch)) {
      long last =
          home.store().last(StatementKind.SEGMENT, slice).map(ArchiveName::number).orElse(0L);
      SliceLog log = new SliceLog(slice, archive, last, stored, pace);
      new SliceAudit(slice, log, stored, entities, pace, found).run();
    }
  }
}
