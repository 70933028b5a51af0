package govcloud.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * What Govcloud is compared with: the bare driver inserting one row per event, without a fence, a
 * chain or a check.
 */
final class RowPerEvent {

  private final CqlSession session;
  private final PreparedStatement insert;
  private final byte[] payload;
  private final int entities;

  RowPerEvent(CqlSession session, String keyspace, int entities, int payloadBytes) {
    this.session = session;
    this.entities = entities;
    this.payload = new byte[payloadBytes];
    for (int i = 0; i < payloadBytes; i++) {
      payload[i] = (byte) (i * 31);
    }
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

  CompletionStage<?> append(long number) {
    return session.executeAsync(
        insert.bind(
            "case/bench/permits/c-" + number % entities,
            number / entities + 1,
            ByteBuffer.wrap(payload)));
  }
}
