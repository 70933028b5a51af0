package govcloud.node;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.typesafe.config.ConfigFactory;
import govcloud.journal.cassandra.CassandraSessions;
import govcloud.journal.cassandra.CassandraSettings;
import govcloud.journal.core.Batch;
import govcloud.journal.core.Chunk;
import govcloud.localcassandra.LocalCassandra;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A cloud's log and chunks as they lie in the shared Cassandra, read without the journal. */
final class StoredLog implements AutoCloseable {
  static final byte PLAIN = 0;

  private final CqlSession session;
  private final String keyspace;

  /** Opens what a keyspace holds. */
  StoredLog(String keyspace) {
    this.keyspace = keyspace;
    var address = LocalCassandra.shared().contactPoint();
    this.session =
        CassandraSessions.open(
            CassandraSettings.from(
                ConfigFactory.parseString(
                        "govcloud.cassandra { contact-points = [\"%s:%d\"], keyspace = \"%s\" }"
                            .formatted(address.getHostString(), address.getPort(), keyspace))
                    .withFallback(ConfigFactory.load())
                    .resolve()));
  }

  CqlSession session() {
    return session;
  }

  /** The chunks of an entity. */
  List<Row> chunks(String entity) {
    return session.execute("SELECT * FROM " + keyspace + ".chunk WHERE entity = ?", entity).all();
  }

  /** The rows of a slice by offset, of the first 1,024. */
  SortedMap<Long, Batch> rows(int slice) {
    SortedMap<Long, Batch> rows = new TreeMap<>();
    for (Row row :
        session.execute(
            "SELECT log_offset, encoding, content FROM "
                + keyspace
                + ".log WHERE slice = ? AND bucket = 0",
            slice)) {
      rows.put(
          row.getLong("log_offset"), batch(row.getByte("encoding"), row.getByteBuffer("content")));
    }
    return rows;
  }

  /** A log row's content. */
  static Batch batch(byte encoding, ByteBuffer stored) {
    try {
      return Batch.parse(unpacked(encoding, stored));
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  /** A chunk's records. */
  static Chunk chunk(byte encoding, ByteBuffer stored) throws InvalidProtocolBufferException {
    return Chunk.parse(unpacked(encoding, stored));
  }

  private static ByteString unpacked(byte encoding, ByteBuffer stored) {
    byte[] bytes = new byte[stored.remaining()];
    stored.duplicate().get(bytes);
    return ByteString.copyFrom(
        encoding == PLAIN ? bytes : Zstd.decompress(bytes, (int) Zstd.getFrameContentSize(bytes)));
  }

  @Override
  public void close() {
    session.close();
  }
}
