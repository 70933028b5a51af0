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
                + " IF key_id = ? AND generation = ?");
    this.delete =
        session.prepare("DELETE FROM " + table + " WHERE tenant = ? AND subject = ? IF key_id = ?");
  }

  @Override
  public String pseudonym(String tenant, String person) {
    return ring.pseudonym(tenant, person);
  }

  @Override
  public CompletionStage<Optional<SubjectKey>> find(String tenant, String subject) {
    return row(tenant, subject)
        .thenCompose(
            found ->
                found
                    .filter(this::opens)
                    .map(this::openedOrFound)
                    .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())));
  }

  private CompletionStage<Optional<SubjectKey>> openedOrFound(PersonKey key) {
    var opened = opened(key);
    return opened.isPresent()
        ? CompletableFuture.completedStage(opened)
        : find(key.getTenant(), key.getSubject());
  }

  /**
   * A row that opens, or one that never will: what was read may have been wrapped anew, and its
   * generation destroyed, before anybody looked at it.
   */
  private CompletionStage<Optional<PersonKey>> row(String tenant, String subject) {
    return stored(tenant, subject)
        .thenCompose(
            found ->
                found.map(this::opens).orElse(true)
                    ? CompletableFuture.completedStage(found)
                    : stored(tenant, subject)
                        .thenCompose(
                            again ->
                                again.equals(found)
                                    ? CompletableFuture.completedStage(again)
                                    : row(tenant, subject)));
  }

  private CompletionStage<Optional<PersonKey>> stored(String tenant, String subject) {
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
                found.filter(this::opens).isEmpty()
                    ? make(tenant, subject, found)
                    : openedOrFound(found.get())
                        .thenCompose(
                            key ->
                                key.map(CompletableFuture::completedStage)
                                    .orElseGet(() -> findOrMake(tenant, subject))));
  }

  private CompletionStage<SubjectKey> make(
      String tenant, String subject, Optional<PersonKey> closed) {
    var bytes = new byte[SubjectKey.LENGTH];
    random.nextBytes(bytes);
    var key = new SubjectKey(bytes);
    var wrapped = ring.wrap(tenant, subject, bytes, random);
    var statement =
        closed.isPresent()
            ? update(wrapped, key.id(), closed.get())
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
   * @return false: it is not the person's key after all, or somebody else has wrapped it
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
              var before =
                  PersonKey.newBuilder()
                      .setTenant(tenant)
                      .setSubject(subject)
                      .setKeyId(key.id())
                      .setGeneration(generation)
                      .build();
              return session
                  .executeAsync(update(again, key.id(), before))
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

  /**
   * Replaces what was read, unless it is another one by now: under whichever generation somebody
   * else has wrapped it since, the own one may be destroyed.
   */
  private BoundStatement update(Wrapped wrapped, String key, PersonKey before) {
    return update.bind(
        wrapped.generation(),
        key,
        wrapped.bytes().asReadOnlyByteBuffer(),
        before.getTenant(),
        before.getSubject(),
        before.getKeyId(),
        before.getGeneration());
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
    if (bytes.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    var wrapped = ring.wrap(key.getTenant(), key.getSubject(), bytes.get(), random);
    Arrays.fill(bytes.get(), (byte) 0);
    return session
        .executeAsync(update(wrapped, key.getKeyId(), key))
        .thenAccept(AsyncResultSet::wasApplied);
  }

  /** None: its generation was destroyed since it was read. */
  private Optional<SubjectKey> opened(PersonKey key) {
    return unwrap(key)
        .map(
            bytes -> {
              var opened = new SubjectKey(bytes);
              Arrays.fill(bytes, (byte) 0);
              return opened;
            });
  }

  /** None: its generation was destroyed since it was read. */
  private Optional<byte[]> unwrap(PersonKey key) {
    try {
      return Optional.of(
          ring.unwrap(
              key.getTenant(),
              key.getSubject(),
              new Wrapped(key.getGeneration(), key.getWrapped())));
    } catch (KeyException e) {
      if (opens(key)) {
        throw new CompletionException(e);
      }
      return Optional.empty();
    }
  }
}
