package govcloud.node.replication.audit;

import govcloud.journal.cassandra.StoredJournal;
import govcloud.journal.cassandra.StoredJournal.ChunkRow;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Entry;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;

/** Compares the chunks of one entity with its records in the log, and writes them again. */
final class ChunkRepair {
  /** Bytes of a chunk that fills a gap. */
  private static final long CHUNK = 256 << 10;

  private final String entity;
  private final List<Entry> records;
  private final boolean isSure;
  private final StoredJournal journal;
  private final Consumer<AuditFinding> found;
  private final BitSet covered = new BitSet();

  /**
   * A repair.
   *
   * @param records all of the entity, from sequence 1
   * @param isSure false: log and archive differ about the entity, so that nothing is written
   */
  ChunkRepair(
      String entity,
      List<Entry> records,
      boolean isSure,
      StoredJournal journal,
      Consumer<AuditFinding> found) {
    this.entity = entity;
    this.records = records;
    this.isSure = isSure;
    this.journal = journal;
    this.found = found;
  }

  /**
   * Compares rows, and puts right what is wrong.
   *
   * @param inChunks the last sequence that must be in a chunk
   */
  void run(List<ChunkRow> rows, long inChunks) {
    rows.forEach(this::look);
    for (int from = covered.nextClearBit(1); from <= inChunks; from = covered.nextClearBit(from)) {
      int next = covered.nextSetBit(from);
      int to = (int) (next < 0 ? inChunks : Math.min(inChunks, next - 1));
      missing(from, to);
      covered.set(from, to + 1);
    }
  }

  private void look(ChunkRow row) {
    long from = row.fromSequence();
    long to = row.toSequence();
    if (from < 1 || from > to || to > records.size()) {
      String done = done("removed");
      if (isSure) {
        journal.remove(entity, row);
      }
      tell(
          AuditDefect.AUDIT_CHUNK_FOREIGN,
          from,
          "a chunk up to " + to + " (expected: within 1 to " + records.size() + ")" + done);
      return;
    }
    List<Entry> expected = records.subList((int) from - 1, (int) to);
    long wrong = firstWrong(row, expected);
    covered.set((int) from, (int) to + 1);
    if (wrong > 0) {
      if (isSure) {
        journal.write(new Chunk(entity, expected));
      }
      tell(
          AuditDefect.AUDIT_CHUNK_DIFFERENT,
          wrong,
          "chunk " + from + " to " + to + " (expected: the log's records)" + done("rebuilt"));
    }
  }

  /** The first sequence that is not as in the log; 0 if none. */
  private long firstWrong(ChunkRow row, List<Entry> expected) {
    List<Entry> there = row.chunk().map(Chunk::entries).orElse(List.of());
    for (int i = 0; i < expected.size(); i++) {
      if (i >= there.size() || !there.get(i).bytes().equals(expected.get(i).bytes())) {
        return row.fromSequence() + i;
      }
    }
    boolean isWhole =
        there.size() == expected.size()
            && row.chunk().map(Chunk::entityId).filter(entity::equals).isPresent();
    return isWhole ? 0 : row.fromSequence();
  }

  private void missing(int from, int to) {
    if (isSure) {
      int start = from;
      long bytes = 0;
      for (int sequence = from; sequence <= to; sequence++) {
        bytes += records.get(sequence - 1).bytes().size();
        if (sequence == to || bytes >= CHUNK) {
          journal.write(new Chunk(entity, records.subList(start - 1, sequence)));
          start = sequence + 1;
          bytes = 0;
        }
      }
    }
    tell(
        AuditDefect.AUDIT_CHUNK_MISSING,
        from,
        "records " + from + " to " + to + " are in no chunk" + done("rebuilt"));
  }

  private String done(String what) {
    return isSure ? "; " + what + " from the log" : "; left, since log and archive differ";
  }

  private void tell(AuditDefect defect, long sequence, String detail) {
    found.accept(new AuditFinding(defect, "entity " + entity + ", sequence " + sequence, detail));
  }
}
