package govcloud.node.vault;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.VaultKeys;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The vault as a table; every change is under a condition, so that nobody has two keys. */
final class CassandraVault implements Vault {

  private final CqlSession session;
  private final VaultKeys keys;
  private final SecureRandom random;
  private final PreparedStatement read;
  private final PreparedStatement insert;
  private final PreparedStatement delete;

  CassandraVault(CqlSession session, String keyspace, VaultKeys keys, SecureRandom random) {
    var table = keyspace + ".subject_keys";
    this.session = session;
    this.keys = keys;
    this.random = random;
    this.read =
        session.prepare(
            "SELECT generation, wrapped FROM " + table + " WHERE tenant = ? AND subject = ?");
    this.insert =
        session.prepare(
            "INSERT INTO "
                + table
                + " (tenant, subject, generation, key_id, wrapped) VALUES (?, ?, ?, ?, ?)"
                + " IF NOT EXISTS");
    this.delete =
        session.prepare("DELETE FROM " + table + " WHERE tenant = ? AND subject = ? IF key_id = ?");
  }

  @Override
  public String pseudonym(String tenant, String person) {
    synchronized (keys) {
      return keys.pseudonym(tenant, person);
    }
  }

  @Override
  public CompletionStage<Optional<SubjectKey>> find(String tenant, String subject) {
    return session
        .executeAsync(read.bind(tenant, subject))
        .thenApply(rows -> Optional.ofNullable(rows.one()).map(row -> key(tenant, subject, row)));
  }

  @Override
  public CompletionStage<SubjectKey> findOrMake(String tenant, String subject) {
    return find(tenant, subject)
        .thenCompose(
            found ->
                found.isPresent()
                    ? CompletableFuture.completedStage(found.get())
                    : make(tenant, subject));
  }

  private CompletionStage<SubjectKey> make(String tenant, String subject) {
    var bytes = new byte[SubjectKey.LENGTH];
    random.nextBytes(bytes);
    var key = new SubjectKey(bytes);
    byte[] wrapped;
    int generation;
    synchronized (keys) {
      wrapped = keys.wrap(tenant, subject, bytes, random);
      generation = keys.generation();
    }
    Arrays.fill(bytes, (byte) 0);
    return session
        .executeAsync(insert.bind(tenant, subject, generation, key.id(), ByteBuffer.wrap(wrapped)))
        .thenApply(result -> result.wasApplied() ? key : key(tenant, subject, result.one()));
  }

  @Override
  public CompletionStage<Void> destroy(String tenant, String subject, String key) {
    return session
        .executeAsync(delete.bind(tenant, subject, key))
        .thenAccept(AsyncResultSet::wasApplied);
  }

  private SubjectKey key(String tenant, String subject, Row row) {
    var wrapped = row.getByteBuffer("wrapped");
    var bytes = new byte[wrapped.remaining()];
    wrapped.get(bytes);
    synchronized (keys) {
      try {
        var plain = keys.unwrap(tenant, subject, bytes);
        var key = new SubjectKey(plain);
        Arrays.fill(plain, (byte) 0);
        return key;
      } catch (KeyException e) {
        throw new CompletionException(e);
      }
    }
  }
}
