package govcloud.node.vault;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the nodes of a cloud agree on about its vault: numbers that grow, under a condition. */
final class VaultState {

  /** A number. */
  enum Name {
    /** The newest generation of the vault's key: with it keys are wrapped. */
    GENERATION,
    /** The oldest generation under which a key may still be wrapped. */
    OLDEST,
    /** The last copy for the sibling that was begun. */
    COPY,
    /** The last copy that the sibling said it has. */
    COPIED,
    /** Another one after each change of the keys; does not grow. */
    CHANGE
  }

  /**
   * A number and since when it is this one.
   *
   * @param number 0: there was none yet
   */
  record Numbered(long number, Instant at) {}

  private final CqlSession session;
  private final PreparedStatement read;
  private final PreparedStatement first;
  private final PreparedStatement next;
  private final PreparedStatement mark;

  VaultState(CqlSession session, String keyspace) {
    var table = keyspace + ".vault_state";
    this.session = session;
    // Serial: whoever was told that a number has changed finds it changed.
    this.read =
        session.prepare(
            SimpleStatement.newInstance("SELECT number, at FROM " + table + " WHERE name = ?")
                .setConsistencyLevel(DefaultConsistencyLevel.LOCAL_SERIAL));
    this.first =
        session.prepare(
            "INSERT INTO " + table + " (number, at, name) VALUES (?, ?, ?) IF NOT EXISTS");
    this.next =
        session.prepare("UPDATE " + table + " SET number = ?, at = ? WHERE name = ? IF number = ?");
    this.mark = session.prepare("INSERT INTO " + table + " (name, number) VALUES (?, ?)");
  }

  CompletionStage<Numbered> read(Name name) {
    return session
        .executeAsync(read.bind(column(name)))
        .thenApply(rows -> Optional.ofNullable(rows.one()).map(VaultState::numbered))
        .thenApply(found -> found.orElse(new Numbered(0, Instant.EPOCH)));
  }

  private static Numbered numbered(Row row) {
    var at = row.getInstant("at");
    return new Numbered(row.getLong("number"), at == null ? Instant.EPOCH : at);
  }

  /**
   * Raises a number; whether it was the expected one before.
   *
   * @param from 0: there was none yet
   */
  CompletionStage<Boolean> raise(Name name, long from, long to, Instant now) {
    var statement =
        from == 0 ? first.bind(to, now, column(name)) : next.bind(to, now, column(name), from);
    return session.executeAsync(statement).thenApply(AsyncResultSet::wasApplied);
  }

  /** Tells whoever copies the vault that keys have changed. */
  CompletionStage<Void> changed(SecureRandom random) {
    return session
        .executeAsync(mark.bind(column(Name.CHANGE), random.nextLong()))
        .thenAccept(AsyncResultSet::wasApplied);
  }

  private static String column(Name name) {
    return name.name().toLowerCase(Locale.ROOT);
  }
}
