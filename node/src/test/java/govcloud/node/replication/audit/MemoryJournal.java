package govcloud.node.replication.audit;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.google.protobuf.ByteString;
import govcloud.journal.cassandra.StoredJournal;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Entry;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tables of one slice in memory, behind a session that knows the statements of an audit. */
final class MemoryJournal {
  /** Contents of the log's rows, by offset. */
  final Map<Long, ByteString> log = new TreeMap<>();

  /** Chunks by entity. */
  final Map<String, List<Chunk>> chunks = new TreeMap<>();

  /** What was written or removed. */
  final List<String> changes = new ArrayList<>();

  /** How often all entities were asked for. */
  int scans;

  long watermark;
  Optional<Boolean> restored = Optional.empty();

  private record Bound(String query, List<Object> values) {}

  StoredJournal open() {
    return new StoredJournal(
        proxy(
            CqlSession.class,
            (self, method, values) ->
                method.getName().equals("prepare")
                    ? prepared(((SimpleStatement) values[0]).getQuery())
                    : answer(asked(values[0]))),
        "k");
  }

  private static Bound asked(Object statement) throws Throwable {
    return (Bound) Proxy.getInvocationHandler(statement).invoke(null, null, null);
  }

  /** A row of the log with these records. */
  void append(long offset, List<Entry> entries) {
    LogBatch.Builder batch =
        LogBatch.newBuilder().setIncarnation(ByteString.copyFrom(new byte[16]));
    entries.forEach(entry -> batch.addRecord(entry.bytes()));
    log.put(offset, batch.build().toByteString());
  }

  /** The first records of an entity, in order. */
  static List<Entry> chain(String entity, int count) {
    List<Entry> entries = new ArrayList<>();
    ByteString previous = ByteString.EMPTY;
    for (int i = 1; i <= count; i++) {
      Record record =
          Record.newBuilder()
              .setEntityId(entity)
              .setSequence(i)
              .setPreviousHash(previous)
              .setPayload(ByteString.copyFromUtf8("payload " + i))
              .build();
      entries.add(Entry.of(record));
      previous = entries.get(i - 1).hash();
    }
    return entries;
  }

  private PreparedStatement prepared(String query) {
    return proxy(
        PreparedStatement.class, (self, method, values) -> bound(query, (Object[]) values[0]));
  }

  /** Asked without a method it says what it is. */
  private BoundStatement bound(String query, Object[] values) {
    return proxy(
        BoundStatement.class,
        (self, method, arguments) ->
            method == null ? new Bound(query, Arrays.asList(values)) : self);
  }

  private ResultSet answer(Bound asked) {
    List<Row> rows = new ArrayList<>();
    String query = asked.query();
    if (query.contains("k.watermark")) {
      rows.add(row(Map.of("0", watermark)));
    } else if (query.contains("k.recovery")) {
      restored.ifPresent(is -> rows.add(row(is ? Map.of("restored_at", Instant.EPOCH) : Map.of())));
    } else if (query.contains("k.log")) {
      long from = (long) asked.values().get(2);
      log.forEach(
          (offset, bytes) -> {
            if (offset >= from) {
              rows.add(
                  row(
                      Map.of(
                          "log_offset", offset, "encoding", (byte) 0, "content", buffer(bytes))));
            }
          });
    } else if (query.contains("DISTINCT")) {
      scans++;
      chunks.keySet().forEach(entity -> rows.add(row(Map.of("0", entity))));
    } else if (query.startsWith("SELECT")) {
      chunks
          .getOrDefault((String) asked.values().get(0), List.of())
          .forEach(one -> rows.add(row(one)));
    } else {
      changes.add(query.substring(0, query.indexOf(' ')) + " " + asked.values().get(0));
    }
    return proxy(
        ResultSet.class,
        (self, method, values) ->
            method.getName().equals("iterator")
                ? rows.iterator()
                : rows.stream().findFirst().orElse(null));
  }

  private static Row row(Chunk chunk) {
    return row(
        Map.of(
            "to_sequence", chunk.toSequence(),
            "from_sequence", chunk.fromSequence(),
            "encoding", (byte) 0,
            "records", buffer(chunk.toBytes())));
  }

  private static Row row(Map<String, Object> columns) {
    return proxy(
        Row.class,
        (self, method, values) -> {
          Object value = columns.get(String.valueOf(values[0]));
          return method.getName().equals("isNull") ? value == null : value;
        });
  }

  private static ByteBuffer buffer(ByteString bytes) {
    return bytes.asReadOnlyByteBuffer();
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            MemoryJournal.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
