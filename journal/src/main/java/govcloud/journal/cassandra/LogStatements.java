package govcloud.journal.cassandra;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.util.concurrent.CompletableFuture;

/**
 * The prepared statements of one keyspace, each with its consistency and whether the driver may
 * repeat it. The conditional insert may not: a repetition that finds its own first row would be
 * answered as "not applied". The conditional update may: its condition holds afterwards as before.
 */
record LogStatements(
    PreparedStatement append,
    PreparedStatement read,
    PreparedStatement readSerial,
    PreparedStatement trim,
    PreparedStatement readWatermark,
    PreparedStatement raiseWatermark,
    PreparedStatement readChunks,
    PreparedStatement readLastChunk,
    PreparedStatement writeChunk) {

  /** Prepares all; completes exceptionally when the tables are not there or no node answers. */
  static CompletableFuture<LogStatements> prepare(CqlSession session, String keyspace) {
    var append = append(session, keyspace + ".log");
    String rows =
        "SELECT log_offset, encoding, content FROM %s.log WHERE slice = ? AND bucket = ? AND"
            .formatted(keyspace);
    var read =
        prepare(
            session, rows + " log_offset >= ? LIMIT ?", DefaultConsistencyLevel.LOCAL_QUORUM, true);
    var readSerial =
        prepare(session, rows + " log_offset = ?", DefaultConsistencyLevel.LOCAL_SERIAL, true);
    var trim = trim(session, keyspace + ".log");
    String watermark = keyspace + ".watermark";
    var readWatermark = quorum(session, "SELECT log_offset FROM " + watermark + " WHERE slice = ?");
    String raise = " (slice, log_offset) VALUES (?, ?) USING TIMESTAMP ?";
    var raiseWatermark = quorum(session, "INSERT INTO " + watermark + raise);
    String chunk = keyspace + ".chunk";
    String chunks = "SELECT encoding, records FROM " + chunk + " WHERE entity = ?";
    var readChunks = quorum(session, chunks + " AND to_sequence >= ?");
    var readLast = quorum(session, chunks + " ORDER BY to_sequence DESC LIMIT 1");
    String write =
        " (entity, to_sequence, from_sequence, encoding, records) VALUES (?, ?, ?, ?, ?)";
    var writeChunk = quorum(session, "INSERT INTO " + chunk + write);
    return CompletableFuture.allOf(
            append, read, readSerial, trim, readWatermark, raiseWatermark, readChunks, readLast)
        .thenCombine(
            writeChunk,
            (nothing, last) ->
                new LogStatements(
                    append.join(),
                    read.join(),
                    readSerial.join(),
                    trim.join(),
                    readWatermark.join(),
                    raiseWatermark.join(),
                    readChunks.join(),
                    readLast.join(),
                    last));
  }

  private static CompletableFuture<PreparedStatement> append(CqlSession session, String log) {
    return prepare(
        session,
        "INSERT INTO "
            + log
            + " (slice, bucket, log_offset, incarnation, nonce, encoding, content)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?) IF NOT EXISTS",
        DefaultConsistencyLevel.LOCAL_QUORUM,
        false);
  }

  private static CompletableFuture<PreparedStatement> trim(CqlSession session, String log) {
    return prepare(
        session,
        "UPDATE "
            + log
            + " SET encoding = ?, content = ? WHERE slice = ? AND bucket = ? AND log_offset = ?"
            + " IF incarnation = ? AND nonce = ?",
        DefaultConsistencyLevel.LOCAL_QUORUM,
        true);
  }

  private static CompletableFuture<PreparedStatement> quorum(CqlSession session, String cql) {
    return prepare(session, cql, DefaultConsistencyLevel.LOCAL_QUORUM, true);
  }

  private static CompletableFuture<PreparedStatement> prepare(
      CqlSession session, String cql, ConsistencyLevel consistency, boolean repeatable) {
    return session
        .prepareAsync(
            SimpleStatement.newInstance(cql)
                .setConsistencyLevel(consistency)
                .setSerialConsistencyLevel(DefaultConsistencyLevel.LOCAL_SERIAL)
                .setIdempotent(repeatable))
        .toCompletableFuture();
  }
}
