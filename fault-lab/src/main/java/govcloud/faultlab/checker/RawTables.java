package govcloud.faultlab.checker;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Reads the tables by CQL, as somebody would who has nothing but their description. */
public final class RawTables implements AutoCloseable {

  private static final int BUCKET = 1024;
  private static final String CASES = "cases";

  private final CqlSession session;
  private final String keyspace;

  /** Connects to these Cassandras. */
  public RawTables(List<InetSocketAddress> contactPoints, String datacenter, String keyspace) {
    this.keyspace = keyspace;
    this.session =
        CqlSession.builder()
            .addContactPoints(contactPoints)
            .withLocalDatacenter(datacenter)
            .withConfigLoader(
                DriverConfigLoader.programmaticBuilder()
                    .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(20))
                    .withString(DefaultDriverOption.REQUEST_CONSISTENCY, "LOCAL_QUORUM")
                    .withInt(DefaultDriverOption.REQUEST_PAGE_SIZE, 500)
                    .withInt(DefaultDriverOption.NETTY_IO_SIZE, 1)
                    .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, 0)
                    .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, 0)
                    .build())
            .build();
  }

  /** Everything; the nodes should be at rest. */
  public StoredCloud readAll() {
    List<LogRow> log = log();
    log.addAll(unseenEnds(log));
    List<ViewRow> views = new ArrayList<>();
    Set<CountsRow> counts = new LinkedHashSet<>();
    for (Row row : all("case_rows")) {
      counts.add(counts("case_rows", row));
      if (!row.isNull("id")) {
        views.add(
            new ViewRow(
                row.getString("scope"),
                row.getInt("slice"),
                row.getString("id"),
                row.getLong("version"),
                row.getString("body")));
      }
    }
    for (Row row : all("view_counts")) {
      if (row.getString("view_name").equals(CASES)) {
        counts.add(counts("view_counts", row));
      }
    }
    return new StoredCloud(
        log, chunks(), views, new ViewTables(lists(), List.copyOf(counts), usage()));
  }

  /** The log as plain reads see it, also while it is written: its ends may be missing. */
  public List<LogRow> log() {
    List<LogRow> log = new ArrayList<>();
    for (Row row : all("log")) {
      log.add(logRow(row));
    }
    return log;
  }

  private List<ChunkRow> chunks() {
    List<ChunkRow> chunks = new ArrayList<>();
    for (Row row : all("chunk")) {
      chunks.add(
          new ChunkRow(
              row.getString("entity"),
              row.getLong("to_sequence"),
              row.getLong("from_sequence"),
              row.getByte("encoding"),
              text(row.getByteBuffer("records"))));
    }
    return chunks;
  }

  private static CountsRow counts(String table, Row row) {
    String counts = row.isNull("counts") ? "" : row.getString("counts");
    return new CountsRow(table, row.getInt("slice"), row.getString("scope"), counts);
  }

  private List<ListEntry> lists() {
    List<ListEntry> lists = new ArrayList<>();
    for (Row row : all("case_index")) {
      lists.add(new ListEntry(row.getString("list"), row.getString("key"), row.getString("id")));
    }
    return lists;
  }

  private List<UsageRow> usage() {
    List<UsageRow> usage = new ArrayList<>();
    for (Row row : all("usage_events")) {
      usage.add(
          new UsageRow(
              row.getString("tenant"),
              row.getLocalDate("day").toString(),
              row.getInt("hour"),
              row.getInt("slice"),
              row.getLong("events"),
              row.getLong("stored_bytes")));
    }
    return usage;
  }

  /** The time of day at one Cassandra in seconds since 1970; 0 when it does not say. */
  public long clock(InetSocketAddress address) {
    try {
      return session
          .getMetadata()
          .findNode(address)
          .map(
              node ->
                  session
                      .execute(
                          SimpleStatement.newInstance("SELECT totimestamp(now()) FROM system.local")
                              .setNode(node))
                      .one()
                      .getInstant(0)
                      .getEpochSecond())
          .orElse(0L);
    } catch (DriverException noAnswer) {
      return 0;
    }
  }

  private Iterable<Row> all(String table) {
    return session.execute("SELECT * FROM " + keyspace + "." + table);
  }

  /** What a serial read completes behind the last rows that a plain read saw. */
  private List<LogRow> unseenEnds(List<LogRow> log) {
    TreeMap<Integer, Long> ends = new TreeMap<>();
    log.forEach(row -> ends.merge(row.slice(), row.offset(), Math::max));
    List<LogRow> more = new ArrayList<>();
    ends.forEach(
        (slice, last) -> {
          for (long offset = last + 1; ; offset++) {
            Row row = serial(slice, offset);
            if (row == null) {
              return;
            }
            more.add(logRow(row));
          }
        });
    return more;
  }

  private Row serial(int slice, long offset) {
    String where = " WHERE slice = ? AND bucket = ? AND log_offset = ?";
    return session
        .execute(
            SimpleStatement.newInstance(
                    "SELECT * FROM " + keyspace + ".log" + where, slice, offset / BUCKET, offset)
                .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_SERIAL))
        .one();
  }

  private static LogRow logRow(Row row) {
    return new LogRow(
        row.getInt("slice"),
        row.getLong("bucket"),
        row.getLong("log_offset"),
        row.getUuid("incarnation"),
        row.getLong("nonce"),
        row.getByte("encoding"),
        text(row.getByteBuffer("content")));
  }

  private static String text(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return Bytes.text(bytes);
  }

  @Override
  public void close() {
    session.close();
  }
}
