package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.BatchStatement;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Chunk;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the requests that write the tables of the journal while no node runs on them: after a site
 * was lost. Every write has the same low timestamp, so that it may be repeated, also late, and
 * anything that a node writes afterwards wins. For several threads.
 */
public final class RestoredLog {
  /** Cassandra refuses batches above some 50 KiB. */
  private static final int MOST_BYTES = 32 << 10;

  private static final int ROW_BYTES = 64;

  private final String keyspace;
  private final PreparedStatement log;
  private final PreparedStatement chunk;
  private final PreparedStatement watermark;

  /** For the tables of one keyspace. */
  public RestoredLog(CqlSession session, String keyspace) {
    this.keyspace = keyspace;
    this.log =
        prepare(
            session,
            "INSERT INTO "
                + keyspace
                + ".log (slice, bucket, log_offset, incarnation, nonce, encoding, content)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP 1");
    this.chunk =
        prepare(
            session,
            "INSERT INTO "
                + keyspace
                + ".chunk (entity, to_sequence, from_sequence, encoding, records)"
                + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP 1");
    this.watermark =
        prepare(
            session,
            "INSERT INTO "
                + keyspace
                + ".watermark (slice, log_offset) VALUES (?, ?) USING TIMESTAMP ?");
  }

  private static PreparedStatement prepare(CqlSession session, String statement) {
    return session.prepare(
        SimpleStatement.newInstance(statement)
            .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
            .setIdempotent(true));
  }

  /** The request for the row at an offset of a slice's log; it may not be there. */
  public SimpleStatement row(int slice, long offset) {
    return SimpleStatement.newInstance(
            "SELECT log_offset FROM "
                + keyspace
                + ".log WHERE slice = ? AND bucket = ? AND log_offset = ?",
            slice,
            offset / CassandraLogStore.BUCKET,
            offset)
        .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
        .setIdempotent(true);
  }

  /**
   * The requests that write consecutive rows of a slice's log; rows of one partition go together.
   *
   * @param offset of the first
   */
  public List<Statement<?>> batches(int slice, long offset, List<Batch> batches) {
    Together together = new Together();
    for (int i = 0; i < batches.size(); i++) {
      Batch batch = batches.get(i);
      if ((offset + i) % CassandraLogStore.BUCKET == 0) {
        together.close();
      }
      Compression packed = Compression.pack(batch.bytes());
      together.add(
          packed.bytes().remaining() + ROW_BYTES,
          log.bind(
              slice,
              (offset + i) / CassandraLogStore.BUCKET,
              offset + i,
              batch.incarnation(),
              batch.nonce(),
              packed.encoding(),
              packed.bytes()));
    }
    together.close();
    return together.requests;
  }

  /** The requests that write chunks. */
  public List<Statement<?>> chunks(List<Chunk> chunks) {
    Together together = new Together();
    for (Chunk one : chunks) {
      Compression packed = Compression.pack(one.toBytes());
      together.add(
          packed.bytes().remaining() + 2 * one.entityId().length() + ROW_BYTES,
          chunk.bind(
              one.entityId(),
              one.toSequence(),
              one.fromSequence(),
              packed.encoding(),
              packed.bytes()));
    }
    together.close();
    return together.requests;
  }

  /** Says that all records below an offset are in chunks; the highest offset wins. */
  public Statement<?> watermark(int slice, long offset) {
    return watermark.bind(slice, offset, offset);
  }

  /** Puts rows into requests. */
  private static final class Together {
    private final List<Statement<?>> requests = new ArrayList<>();
    private List<BoundStatement> rows = new ArrayList<>();
    private int bytes;

    void add(int size, BoundStatement row) {
      if (bytes + size > MOST_BYTES) {
        close();
      }
      rows.add(row);
      bytes += size;
    }

    /** What comes next goes into another request. */
    void close() {
      if (rows.size() == 1) {
        // Alone: what is too large for a batch is not too large for a row.
        requests.add(rows.get(0));
      } else if (!rows.isEmpty()) {
        requests.add(
            BatchStatement.newInstance(
                    DefaultBatchType.UNLOGGED, rows.toArray(BoundStatement[]::new))
                .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
                .setIdempotent(true));
      }
      rows = new ArrayList<>();
      bytes = 0;
    }
  }
}
