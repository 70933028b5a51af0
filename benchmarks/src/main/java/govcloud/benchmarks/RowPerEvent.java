package govcloud.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * What Govcloud is compared with: the bare driver inserting one row per event, without a fence, a
 * chain or a check.
 */
final class RowPerEvent implements Contender {

  private final CqlSession session;
  private final PreparedStatement insert;
  private final byte[] payload = Payload.bytes();
  private final int entities;

  RowPerEvent(CqlSession session, String keyspace, int entities) {
    this.session = session;
    this.entities = entities;
    session.execute(
        "CREATE TABLE IF NOT EXISTS "
            + keyspace
            + ".row_per_event (entity text, sequence bigint, event blob,"
            + " PRIMARY KEY (entity, sequence))");
    this.insert =
        session.prepare(
            "INSERT INTO "
                + keyspace
                + ".row_per_event (entity, sequence, event) VALUES (?, ?, ?)");
  }

  @Override
  public String name() {
    return "row per event";
  }

  @Override
  public CompletionStage<?> store(long number) {
    return session.executeAsync(
        insert.bind(
            "case/bench/permits/c-" + number % entities,
            number / entities + 1,
            ByteBuffer.wrap(payload)));
  }

  @Override
  public void settle() {}
}
