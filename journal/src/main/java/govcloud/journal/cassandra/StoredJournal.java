package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Chunk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the tables of the journal hold, row by row as it lies there, readable or not: for an audit
 * while nodes work. Of these tables chunks alone can be put right, since they are derived. Blocks,
 * and throws the driver's exceptions when Cassandra does not answer.
 */
public final class StoredJournal {
  private static final int PAGE = 64;
  private static final int KEYS = 1_000;

  /**
   * A row of a slice's log.
   *
   * @param batch empty: it cannot be read
   * @param bytes as stored
   */
  public record LogRow(long offset, Optional<Batch> batch, int bytes) {}

  /**
   * A row of an entity's chunks.
   *
   * @param toSequence as its key says
   * @param fromSequence as its key says
   * @param chunk empty: it cannot be read
   * @param bytes as stored
   */
  public record ChunkRow(long toSequence, long fromSequence, Optional<Chunk> chunk, int bytes) {}

  private final CqlSession session;
  private final PreparedStatement watermark;
  private final PreparedStatement log;
  private final PreparedStatement chunks;
  private final PreparedStatement write;
  private final PreparedStatement remove;
  private final PreparedStatement entities;
  private final PreparedStatement recovery;

  /** The tables of one keyspace. */
  public StoredJournal(CqlSession session, String keyspace) {
    this.session = session;
    this.watermark = prepare("SELECT log_offset FROM " + keyspace + ".watermark WHERE slice = ?");
    this.log =
        prepare(
            "SELECT log_offset, encoding, content FROM "
                + keyspace
                + ".log WHERE slice = ? AND bucket = ? AND log_offset >= ?");
    this.chunks =
        prepare(
            "SELECT to_sequence, from_sequence, encoding, records FROM "
                + keyspace
                + ".chunk WHERE entity = ?");
    this.write =
        prepare(
            "INSERT INTO "
                + keyspace
                + ".chunk (entity, to_sequence, from_sequence, encoding, records)"
                + " VALUES (?, ?, ?, ?, ?)");
    this.remove =
        prepare(
            "DELETE FROM "
                + keyspace
                + ".chunk WHERE entity = ? AND to_sequence = ? AND from_sequence = ?");
    this.entities = prepare("SELECT DISTINCT entity FROM " + keyspace + ".chunk");
    this.recovery = prepare("SELECT restored_at FROM " + keyspace + ".recovery");
  }

  private PreparedStatement prepare(String statement) {
    return session.prepare(
        SimpleStatement.newInstance(statement)
            .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
            .setPageSize(PAGE)
            .setIdempotent(true));
  }

  /** All records of the slice below this offset are in chunks. */
  public long watermark(int slice) {
    Row row = session.execute(watermark.bind(slice)).one();
    return row == null ? 0 : row.getLong(0);
  }

  /**
   * Whether a recovery still writes the log, while nodes work for departments that opened early:
   * chunks and watermarks are there then before the rows that they were made of.
   */
  public boolean isBeingRestored() {
    for (Row row : session.execute(recovery.bind())) {
      if (row.isNull("restored_at")) {
        return true;
      }
    }
    return false;
  }

  /** Goes through a slice's log from its beginning. */
  public LogRows log(int slice) {
    return new LogRows(slice);
  }

  /** The chunks of an entity. */
  public List<ChunkRow> chunks(String entityId) {
    List<ChunkRow> rows = new ArrayList<>();
    for (Row row : session.execute(chunks.bind(entityId))) {
      rows.add(
          new ChunkRow(
              row.getLong("to_sequence"),
              row.getLong("from_sequence"),
              chunk(row),
              bytes(row, "records")));
    }
    return rows;
  }

  /** All entities of all slices that have chunks, in no order; to go through once. */
  public Iterable<String> entities() {
    Iterator<Row> rows = session.execute(entities.bind().setPageSize(KEYS)).iterator();
    return () -> new Names(rows);
  }

  private record Names(Iterator<Row> rows) implements Iterator<String> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public String next() {
      return rows.next().getString(0);
    }
  }

  private static Optional<Chunk> chunk(Row row) {
    try {
      return Optional.of(Chunk.parse(unpacked(row, "records")));
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      return Optional.empty();
    }
  }

  /** Writes a chunk, over one with the same ends. */
  public void write(Chunk chunk) {
    Compression packed = Compression.pack(chunk.toBytes());
    session.execute(
        write.bind(
            chunk.entityId(),
            chunk.toSequence(),
            chunk.fromSequence(),
            packed.encoding(),
            packed.bytes()));
  }

  /** Removes a row of chunks that no records of the log can have made. */
  public void remove(String entityId, ChunkRow row) {
    session.execute(remove.bind(entityId, row.toSequence(), row.fromSequence()));
  }

  private static int bytes(Row row, String column) {
    return row.isNull(column) ? 0 : row.getByteBuffer(column).remaining();
  }

  private static ByteString unpacked(Row row, String column) {
    return new Compression(row.getByte("encoding"), row.getByteBuffer(column)).unpack();
  }

  /** The rows of a slice's log; asked for in ascending order. For one thread. */
  public final class LogRows {
    private final int slice;
    private Iterator<Row> partition = Collections.emptyIterator();
    private long bucket = -1;
    private LogRow ahead;

    private LogRows(int slice) {
      this.slice = slice;
    }

    /** The row at an offset; empty where there is none, as yet. */
    public Optional<LogRow> at(long offset) {
      boolean isExhausted = ahead == null && !partition.hasNext();
      if (offset / CassandraLogStore.BUCKET != bucket || isExhausted) {
        bucket = offset / CassandraLogStore.BUCKET;
        partition = session.execute(log.bind(slice, bucket, offset)).iterator();
        ahead = null;
      }
      while ((ahead == null || ahead.offset() < offset) && partition.hasNext()) {
        ahead = row(partition.next());
      }
      return Optional.ofNullable(ahead).filter(row -> row.offset() == offset);
    }

    private LogRow row(Row row) {
      Optional<Batch> batch;
      try {
        batch = Optional.of(Batch.parse(unpacked(row, "content")));
      } catch (InvalidProtocolBufferException | RuntimeException e) {
        batch = Optional.empty();
      }
      return new LogRow(row.getLong("log_offset"), batch, bytes(row, "content"));
    }
  }
}
