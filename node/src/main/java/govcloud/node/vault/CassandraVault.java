package govcloud.node.vault;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import govcloud.node.vault.VaultRing.Wrapped;
import govcloud.node.vault.VaultState.Name;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.replication.keys.KeyException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The vault as a table; every change is under a condition, so that nobody has two keys. */
final class CassandraVault implements Vault {

  private final CqlSession session;
  private final VaultRing ring;
  private final VaultState state;
  private final SecureRandom random;
  private final PreparedStatement read;
  private final PreparedStatement all;
  private final PreparedStatement insert;
  private final PreparedStatement update;
  private final PreparedStatement delete;

  CassandraVault(
      CqlSession session, String keyspace, VaultRing ring, VaultState state, SecureRandom random) {
    var table = keyspace + ".subject_keys";
    this.session = session;
    this.ring = ring;
    this.state = state;
    this.random = random;
    this.read =
        session.prepare(
            "SELECT generation, key_id, wrapped FROM "
                + table
                + " WHERE tenant = ? AND subject = ?");
    this.all = session.prepare("SELECT tenant, subject, generation, key_id, wrapped FROM " + table);
    this.insert =
        session.prepare(
            "INSERT INTO "
                + table
                + " (tenant, subject, generation, key_id, wrapped) VALUES (?, ?, ?, ?, ?)"
                + " IF NOT EXISTS");
    this.update =
        session.prepare(
            "UPDATE "
                + table
                + " SET generation = ?, key_id = ?, wrapped = ? WHERE tenant = ? AND subject = ?"
                + " IF key_id = ?");
    this.delete =
        session.prepare("DELETE FROM " + table + " WHERE tenant = ? AND subject = ? IF key_id = ?");
  }

  @Override
  public String pseudonym(String tenant, String person) {
    return ring.pseudonym(tenant, person);
  }

  @Override
  public CompletionStage<Optional<SubjectKey>> find(String tenant, String subject) {
    return row(tenant, subject).thenApply(found -> found.filter(this::opens).map(this::subjectKey));
  }

  private CompletionStage<Optional<PersonKey>> row(String tenant, String subject) {
    return session
        .executeAsync(read.bind(tenant, subject))
        .thenApply(
            rows -> Optional.ofNullable(rows.one()).map(row -> personKey(tenant, subject, row)));
  }

  /**
   * What is wrapped under a generation that is destroyed is no key any more: it was put back from a
   * backup, or nobody was ever told of it.
   */
  private boolean opens(PersonKey key) {
    return key.getGeneration() >= ring.oldest();
  }

  @Override
  public CompletionStage<SubjectKey> findOrMake(String tenant, String subject) {
    return row(tenant, subject)
        .thenCompose(
            found ->
                found.filter(this::opens).isPresent()
                    ? CompletableFuture.completedStage(subjectKey(found.get()))
                    : make(tenant, subject, found));
  }

  private CompletionStage<SubjectKey> make(
      String tenant, String subject, Optional<PersonKey> closed) {
    var bytes = new byte[SubjectKey.LENGTH];
    random.nextBytes(bytes);
    var key = new SubjectKey(bytes);
    var wrapped = ring.wrap(tenant, subject, bytes, random);
    var statement =
        closed.isPresent()
            ? update(tenant, subject, wrapped, key.id(), closed.get().getKeyId())
            : insert.bind(
                tenant,
                subject,
                wrapped.generation(),
                key.id(),
                wrapped.bytes().asReadOnlyByteBuffer());
    return session
        .executeAsync(statement)
        .thenCompose(
            result ->
                result.wasApplied()
                    ? settle(tenant, subject, bytes, key, wrapped.generation())
                    : CompletableFuture.completedStage(false))
        .thenCompose(
            settled ->
                settled
                    ? state.changed(random).thenApply(told -> key)
                    : findOrMake(tenant, subject))
        .whenComplete((done, failure) -> Arrays.fill(bytes, (byte) 0));
  }

  /**
   * Nobody is told of a key before it is wrapped under a generation that still counts: whoever
   * destroys one has first raised the number, and then looked at all keys.
   *
   * @return false: it is not the person's key after all
   */
  private CompletionStage<Boolean> settle(
      String tenant, String subject, byte[] bytes, SubjectKey key, int generation) {
    return state
        .read(Name.GENERATION)
        .thenCompose(
            newest -> {
              if (newest.number() <= generation) {
                return CompletableFuture.completedStage(true);
              }
              wrapWith(Math.toIntExact(newest.number()));
              var again = ring.wrap(tenant, subject, bytes, random);
              return session
                  .executeAsync(update(tenant, subject, again, key.id(), key.id()))
                  .thenCompose(
                      written ->
                          written.wasApplied()
                              ? settle(tenant, subject, bytes, key, again.generation())
                              : CompletableFuture.completedStage(false));
            });
  }

  private void wrapWith(int generation) {
    try {
      ring.wrapWith(generation);
    } catch (KeyException e) {
      throw new CompletionException(e);
    }
  }

  private BoundStatement update(
      String tenant, String subject, Wrapped wrapped, String key, String before) {
    return update.bind(
        wrapped.generation(), key, wrapped.bytes().asReadOnlyByteBuffer(), tenant, subject, before);
  }

  @Override
  public CompletionStage<Void> destroy(String tenant, String subject, String key) {
    return session
        .executeAsync(delete.bind(tenant, subject, key))
        .thenCompose(deleted -> state.changed(random));
  }

  /** All keys, wrapped; pages are fetched while they are looked at. Blocks. */
  Iterable<Row> all() {
    return session.execute(all.bind());
  }

  /** A row of all keys. */
  static PersonKey personKey(Row row) {
    return personKey(row.getString("tenant"), row.getString("subject"), row);
  }

  private static PersonKey personKey(String tenant, String subject, Row row) {
    return PersonKey.newBuilder()
        .setTenant(tenant)
        .setSubject(subject)
        .setGeneration(row.getInt("generation"))
        .setKeyId(row.getString("key_id"))
        .setWrapped(ByteString.copyFrom(row.getByteBuffer("wrapped")))
        .build();
  }

  /** Wraps a key under the newest generation; one that was erased meanwhile stays erased. */
  CompletionStage<Void> wrapAnew(PersonKey key) {
    var bytes = unwrap(key);
    var wrapped = ring.wrap(key.getTenant(), key.getSubject(), bytes, random);
    Arrays.fill(bytes, (byte) 0);
    return session
        .executeAsync(
            update(key.getTenant(), key.getSubject(), wrapped, key.getKeyId(), key.getKeyId()))
        .thenAccept(AsyncResultSet::wasApplied);
  }

  private SubjectKey subjectKey(PersonKey key) {
    var bytes = unwrap(key);
    var opened = new SubjectKey(bytes);
    Arrays.fill(bytes, (byte) 0);
    return opened;
  }

  private byte[] unwrap(PersonKey key) {
    try {
      return ring.unwrap(
          key.getTenant(), key.getSubject(), new Wrapped(key.getGeneration(), key.getWrapped()));
    } catch (KeyException e) {
      throw new CompletionException(e);
    }
  }
}
