package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.journal.v1.EntityChunk;
import govcloud.protobuf.journal.v1.Record;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads the journal's tables by a way of its own: not with the code that wrote them. For several
 * threads.
 */
final class StoredRows {
  private static final long BUCKET = 1024;
  private static final byte ZSTD = 1;
  private static final int LARGEST = 64 << 20;
  private static final int PAGE = 256;

  /**
   * A row of the log.
   *
   * @param content empty where it cannot be unpacked
   */
  record LogRow(long offset, UUID incarnation, long nonce, ByteString content) {}

  private final CqlSession session;
  private final String keyspace;
  private final PreparedStatement log;
  private final PreparedStatement chunks;
  private final PreparedStatement chunksOfSome;

  StoredRows(CqlSession session, String keyspace) {
    this.session = session;
    this.keyspace = keyspace;
    this.log =
        prepare(
            "SELECT log_offset, incarnation, nonce, encoding, content FROM "
                + keyspace
                + ".log WHERE slice = ? AND bucket = ?");
    this.chunks = prepare("SELECT encoding, records FROM " + keyspace + ".chunk WHERE entity = ?");
    this.chunksOfSome =
        prepare("SELECT entity, encoding, records FROM " + keyspace + ".chunk WHERE entity IN ?");
  }

  private PreparedStatement prepare(String query) {
    return session.prepare(
        SimpleStatement.newInstance(query)
            .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_QUORUM)
            .setPageSize(PAGE)
            .setIdempotent(true));
  }

  /** Which partition of the log an offset lies in. */
  static long bucket(long offset) {
    return offset / BUCKET;
  }

  /** The rows of a partition of a slice's log, ascending. */
  Iterator<Row> log(int slice, long bucket) {
    return new PagesAhead(session.executeAsync(log.bind(slice, bucket)));
  }

  static LogRow logRow(Row row) {
    return new LogRow(
        row.getLong("log_offset"),
        row.getUuid("incarnation"),
        row.getLong("nonce"),
        unpacked(row, "content"));
  }

  /** The chunks of an entity; pages beyond the first are fetched by who reads them. */
  CompletionStage<AsyncResultSet> chunks(String entity) {
    return session.executeAsync(chunks.bind(entity));
  }

  /** The chunks of some entities, each with its entity; a request costs more than what it asks. */
  CompletionStage<List<Row>> chunks(List<String> entities) {
    return session
        .executeAsync(chunksOfSome.bind(entities))
        .thenCompose(page -> everyPage(page, new ArrayList<>()));
  }

  private static CompletionStage<List<Row>> everyPage(AsyncResultSet page, List<Row> before) {
    page.currentPage().forEach(before::add);
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> everyPage(next, before))
        : CompletableFuture.completedStage(before);
  }

  /** Whose an entity is, as its first chunk's first record says; empty where it is unreadable. */
  Optional<String> tenantOf(String entity) {
    for (Row row : session.execute(chunks.bind(entity))) {
      try {
        EntityChunk chunk = EntityChunk.parseFrom(unpacked(row, "records"));
        if (chunk.getRecordCount() > 0) {
          return Optional.of(Record.parseFrom(chunk.getRecord(0)).getTenant());
        }
      } catch (InvalidProtocolBufferException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** All rows of a query over a whole table; the query has %s for the keyspace. */
  Iterable<Row> all(String query) {
    return session.execute(
        SimpleStatement.newInstance(query.formatted(keyspace)).setIdempotent(true));
  }

  /** The same, as they are now; for few rows. */
  List<Row> list(String query) {
    List<Row> list = new ArrayList<>();
    all(query).forEach(list::add);
    return list;
  }

  /** The stored bytes as they were; empty where nobody can have written them. */
  static ByteString unpacked(Row row, String column) {
    ByteBuffer stored = row.getByteBuffer(column);
    if (stored == null || row.isNull("encoding")) {
      return ByteString.EMPTY;
    }
    byte[] bytes = new byte[stored.remaining()];
    stored.get(bytes);
    if (row.getByte("encoding") != ZSTD) {
      return UnsafeByteOperations.unsafeWrap(bytes);
    }
    try {
      long size = Zstd.getFrameContentSize(bytes);
      return size < 0 || size > LARGEST
          ? ByteString.EMPTY
          : UnsafeByteOperations.unsafeWrap(Zstd.decompress(bytes, (int) size));
    } catch (ZstdException damaged) {
      return ByteString.EMPTY;
    }
  }
}
