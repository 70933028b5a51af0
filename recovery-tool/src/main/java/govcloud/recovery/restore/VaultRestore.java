package govcloud.recovery.restore;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.prove.Tombstones;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.replica.Replica;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.VaultCopy;
import govcloud.replication.cut.CutOrder;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.VaultKeys;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Writes the keys of people from the sibling's copy of the vault into a restored keyspace, still
 * wrapped as they were; without those of which the restored log has a tombstone.
 */
public final class VaultRestore {
  private static final int TOGETHER = 64;

  private final Replica replica;
  private final Target target;
  private final Erasures erasures;

  /** Knows which keys of people were erased. */
  @FunctionalInterface
  public interface Erasures {
    /** Whether one was, of a department and a person's pseudonym in it. */
    CompletionStage<Boolean> erased(String tenant, String subject, String key);
  }

  /** Into a keyspace whose log is restored, which says what was erased. */
  public VaultRestore(Replica replica, Target target) {
    this(replica, target, new Tombstones(target.session(), target.keyspace())::erased);
  }

  /** Into a keyspace, before its log is restored. */
  public VaultRestore(Replica replica, Target target, Erasures erasures) {
    this.replica = replica;
    this.target = target;
    this.erasures = erasures;
  }

  /** Whose keys are in the sibling's copy; nobody's where there is none. */
  public static List<PersonKey> people(Replica replica) throws RecoveryException {
    Optional<VaultCopy> copy = newest(replica);
    if (copy.isEmpty()) {
      return List.of();
    }
    try (VaultKeys vault = key(replica, copy.get())) {
      return copy.get().people(vault);
    } catch (DamagedReplicaException e) {
      throw damaged(e);
    }
  }

  /**
   * What was written.
   *
   * @param copy number of the copy
   * @param people keys of people that are there now
   * @param erased keys of the copy that were left out because the log says that they were erased
   */
  public record Restored(long copy, int people, int erased) {}

  /**
   * Writes them; again changes nothing.
   *
   * @return empty: the lost cloud had no vault
   * @throws RecoveryException with {@code RECOVERY_VAULT_OLD} where the sibling has no copy, or an
   *     older one than it said it has when the last cut was made
   */
  public Optional<Restored> run() throws RecoveryException {
    Optional<VaultCopy> found = newest(replica);
    requireNotOlder(found.map(copy -> copy.statement().getNumber()).orElse(0L));
    return found.isEmpty() ? Optional.empty() : Optional.of(write(found.get()));
  }

  private void requireNotOlder(long number) throws RecoveryException {
    long expected = expected();
    if (number < expected) {
      throw new RecoveryException(
          Code.RECOVERY_VAULT_OLD,
          "vault: %s (expected: copy %d or a later one; --without-vault leaves all data of people sealed)"
              .formatted(number == 0 ? "no copy" : "copy " + number, expected));
    }
  }

  private long expected() throws RecoveryException {
    try {
      // The last cut, whatever the point: a key that was erased since is not wanted back.
      Optional<ArchiveName> last = replica.store().last(StatementKind.CUT, 0);
      if (last.isEmpty()) {
        return 0;
      }
      return RecoveryPoint.of(replica.cut(last.get().number()).orElseThrow())
          .setting(CutOrder.VAULT_COPY)
          .map(Long::parseLong)
          .orElse(0L);
    } catch (ArchiveStoreException | DamagedReplicaException e) {
      throw damaged(e);
    }
  }

  /** The copy that the sibling has, if it has one. */
  private static Optional<VaultCopy> newest(Replica replica) throws RecoveryException {
    try {
      Optional<ArchiveName> name = replica.store().last(StatementKind.VAULT, 0);
      return name.isEmpty()
          ? Optional.empty()
          : Optional.of(
              VaultCopy.verify(
                  name.get(), replica.store().read(name.get()).orElseThrow(), replica.trust()));
    } catch (ArchiveStoreException | DamagedReplicaException e) {
      throw damaged(e);
    }
  }

  /**
   * The vault's key that opens the copy which the sibling has, for the rebuilt cloud; the caller
   * closes it. Empty: there is no copy.
   */
  public static Optional<VaultKeys> key(Replica replica) throws RecoveryException {
    Optional<VaultCopy> found = newest(replica);
    return found.isEmpty() ? Optional.empty() : Optional.of(key(replica, found.get()));
  }

  private static VaultKeys key(Replica replica, VaultCopy copy) throws RecoveryException {
    try {
      return VaultKeys.open(replica.secrets(), copy.statement().getGrant());
    } catch (KeyException e) {
      throw new RecoveryException(
          Code.RECOVERY_KEYS_WRONG, "vault: " + e.defect() + ": " + e.getMessage(), e);
    }
  }

  private static RecoveryException damaged(Exception cause) {
    return new RecoveryException(Code.RECOVERY_ARCHIVE_DAMAGED, cause.getMessage(), cause);
  }

  private Restored write(VaultCopy copy) throws RecoveryException {
    try (VaultKeys vault = key(replica, copy)) {
      List<PersonKey> people = copy.people(vault);
      Set<PersonKey> living = living(people);
      removeAllBut(living);
      int newest = vault.generation();
      for (PersonKey key : living) {
        target.execute(
            "INSERT INTO %s.subject_keys (tenant, subject, generation, key_id, wrapped) VALUES (?,"
                + " ?, ?, ?, ?)",
            key.getTenant(),
            key.getSubject(),
            key.getGeneration(),
            key.getKeyId(),
            key.getWrapped().asReadOnlyByteBuffer());
        newest = Math.max(newest, key.getGeneration());
      }
      number("oldest", vault.generation());
      number("generation", newest);
      number("copy", copy.statement().getNumber());
      return new Restored(
          copy.statement().getNumber(), living.size(), people.size() - living.size());
    } catch (DamagedReplicaException e) {
      throw damaged(e);
    }
  }

  private void number(String name, long number) throws RecoveryException {
    target.execute(
        "INSERT INTO %s.vault_state (name, number, at) VALUES (?, ?, toTimestamp(now()))",
        name, number);
  }

  private Set<PersonKey> living(List<PersonKey> people) throws RecoveryException {
    Set<PersonKey> living = new HashSet<>();
    for (int from = 0; from < people.size(); from += TOGETHER) {
      List<PersonKey> some = people.subList(from, Math.min(people.size(), from + TOGETHER));
      List<CompletionStage<Boolean>> asked =
          some.stream()
              .map(key -> erasures.erased(key.getTenant(), key.getSubject(), key.getKeyId()))
              .toList();
      for (int i = 0; i < some.size(); i++) {
        if (!answer(asked.get(i))) {
          living.add(some.get(i));
        }
      }
    }
    return living;
  }

  private boolean answer(CompletionStage<Boolean> asked) throws RecoveryException {
    try {
      return asked.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RecoveryException known ? known : target.failed(e.getCause());
    }
  }

  /** An earlier point may have had keys that were erased since. */
  private void removeAllBut(Set<PersonKey> living) throws RecoveryException {
    Set<String> names = new HashSet<>();
    living.forEach(key -> names.add(key.getTenant() + "/" + key.getSubject()));
    for (Row row : target.all("SELECT tenant, subject FROM %s.subject_keys")) {
      String tenant = row.getString("tenant");
      String subject = row.getString("subject");
      if (!names.contains(tenant + "/" + subject)) {
        target.execute(
            "DELETE FROM %s.subject_keys WHERE tenant = ? AND subject = ?", tenant, subject);
      }
    }
  }
}
