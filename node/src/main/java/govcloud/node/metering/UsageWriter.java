package govcloud.node.metering;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.journal.HybridClock;
import govcloud.journal.Position;
import govcloud.journal.reader.PositionedRecord;
import govcloud.node.projection.CommitDecoder;
import govcloud.node.projection.RecordHandler;
import govcloud.protobuf.journal.v1.Record;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Adds up what the records of one slice cost the departments. Numbers are absolute and remember the
 * position that they include, so that a record is counted once however often it is seen.
 */
public final class UsageWriter implements RecordHandler {

  /** Lines that are remembered, so that they need not be read before they are written again. */
  private static final int REMEMBERED = 200;

  /** Name of the view. */
  public static final String NAME = "usage";

  private record Line(String tenant, LocalDate day, int hour) {}

  private record Use(long events, long bytes, long position) {}

  /** The statements, shared by the writers of all slices. */
  public record Statements(CqlSession session, PreparedStatement read, PreparedStatement write) {

    /** Prepares them. */
    public static Statements of(CqlSession session, String keyspace) {
      String table = keyspace + ".usage_events";
      return new Statements(
          session,
          session.prepare(
              "SELECT events, stored_bytes, position FROM "
                  + table
                  + " WHERE tenant = ? AND day = ? AND hour = ? AND slice = ?"),
          session.prepare(
              "INSERT INTO "
                  + table
                  + " (tenant, day, hour, slice, events, stored_bytes, position)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?) USING TIMESTAMP ?"));
    }
  }

  private final Statements statements;
  private final CommitDecoder decoder;
  private final int slice;
  private final Map<Line, Use> written = new ConcurrentHashMap<>();

  public UsageWriter(Statements statements, CommitDecoder decoder, int slice) {
    this.statements = statements;
    this.decoder = decoder;
    this.slice = slice;
  }

  @Override
  public CompletionStage<?> handle(List<PositionedRecord> records) {
    Map<Line, List<PositionedRecord>> lines = new LinkedHashMap<>();
    for (PositionedRecord record : records) {
      Record stored = record.record();
      if (!stored.getTenant().isEmpty()) {
        var at =
            Instant.ofEpochMilli(HybridClock.millisOf(stored.getHybridClock()))
                .atZone(ZoneOffset.UTC);
        Line line = new Line(stored.getTenant(), at.toLocalDate(), at.getHour());
        lines.computeIfAbsent(line, some -> new ArrayList<>()).add(record);
      }
    }
    if (written.size() > REMEMBERED) {
      written.clear();
    }
    return CompletableFuture.allOf(
            lines.entrySet().stream()
                .map(line -> add(line.getKey(), line.getValue()).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                written.clear();
              }
            });
  }

  private CompletionStage<?> add(Line line, List<PositionedRecord> records) {
    return before(line)
        .thenCompose(
            before -> {
              Use after = sum(before, records);
              return after.equals(before)
                  ? CompletableFuture.completedFuture(null)
                  : write(line, after).thenAccept(done -> written.put(line, after));
            });
  }

  private CompletionStage<Use> before(Line line) {
    Use known = written.get(line);
    return known != null
        ? CompletableFuture.completedFuture(known)
        : statements
            .session()
            .executeAsync(statements.read().bind(line.tenant(), line.day(), line.hour(), slice))
            .thenApply(found -> use(found.one()));
  }

  private CompletionStage<?> write(Line line, Use use) {
    return statements
        .session()
        .executeAsync(
            statements
                .write()
                .bind(
                    line.tenant(),
                    line.day(),
                    line.hour(),
                    slice,
                    use.events(),
                    use.bytes(),
                    use.position(),
                    use.position()));
  }

  private static Use use(Row row) {
    return row == null
        ? new Use(0, 0, Position.BEFORE_FIRST)
        : new Use(row.getLong("events"), row.getLong("stored_bytes"), row.getLong("position"));
  }

  /** Records that were parked come together and with one position, that of their replay. */
  private Use sum(Use before, List<PositionedRecord> records) {
    Use use = before;
    for (PositionedRecord record : records) {
      if (record.position() > before.position()) {
        use =
            new Use(
                use.events() + decoder.decode(record.record()).events().size(),
                use.bytes() + record.record().getSerializedSize(),
                record.position());
      }
    }
    return use;
  }
}
