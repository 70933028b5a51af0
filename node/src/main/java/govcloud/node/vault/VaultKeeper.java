package govcloud.node.vault;

import com.google.protobuf.ByteString;
import govcloud.node.vault.VaultState.Name;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.statement.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Renews the vault's key, generation by generation, and makes copies of the vault. A generation is
 * destroyed when no key is wrapped under it any more: then all copies of keys that were erased
 * before, wherever they are, open nothing. Blocks.
 */
public final class VaultKeeper {
  private static final int AT_ONCE = 32;

  /** A row may be damaged; so many are not. */
  private static final int MOST_TRIED = 100;

  private final VaultRing ring;
  private final VaultState state;
  private final CassandraVault vault;
  private final SecureRandom random;
  private volatile Instant renewed = Instant.MIN;

  VaultKeeper(VaultRing ring, VaultState state, CassandraVault vault, SecureRandom random) {
    this.ring = ring;
    this.state = state;
    this.vault = vault;
    this.random = random;
  }

  /**
   * A copy of the vault.
   *
   * @param number of it
   * @param file signed and sealed
   */
  public record Copy(long number, ByteString file) {}

  /**
   * Agrees with the other nodes on the generations; the first one says what they are.
   *
   * @throws KeyException with {@code VAULT_KEY_WRONG} when this node has another key than the
   *     others
   */
  void begin(Instant now) throws KeyException {
    for (var name : List.of(Name.GENERATION, Name.OLDEST)) {
      if (number(name) == 0) {
        await(state.raise(name, 0, ring.oldest(), now));
      }
    }
    if (ring.oldest() > number(Name.OLDEST)) {
      throw new KeyException(
          KeyDefect.VAULT_KEY_WRONG,
          "vault.key of generation "
              + ring.oldest()
              + " (expected: "
              + number(Name.OLDEST)
              + ", the one of the keys in subject_keys)");
    }
    look();
    requireOpens();
  }

  /**
   * Whether this is the vault's key: nobody signs for the first one, which comes before anybody's
   * data are sealed, so one that is put in its place later has to open what is there: one of the
   * first rows at least.
   */
  private void requireOpens() throws KeyException {
    Optional<KeyException> wrong = Optional.empty();
    int tried = 0;
    for (var row : vault.all()) {
      var key = CassandraVault.personKey(row);
      if (key.getGeneration() >= ring.oldest()) {
        wrong = whyNotOpened(key);
        tried++;
        if (wrong.isEmpty() || tried == MOST_TRIED) {
          break;
        }
      }
    }
    if (wrong.isPresent()) {
      throw wrong.get();
    }
  }

  private Optional<KeyException> whyNotOpened(PersonKey key) {
    var wrapped = new VaultRing.Wrapped(key.getGeneration(), key.getWrapped());
    try {
      Arrays.fill(ring.unwrap(key.getTenant(), key.getSubject(), wrapped), (byte) 0);
      return Optional.empty();
    } catch (KeyException e) {
      return Optional.of(e);
    }
  }

  /**
   * Looks which generations count, and destroys in memory and on the disk those that do not; on
   * every node, every few seconds.
   *
   * @throws KeyException when the file cannot be replaced
   */
  public void look() throws KeyException {
    var newest = await(state.read(Name.GENERATION));
    var oldest = number(Name.OLDEST);
    renewed = newest.number() == oldest ? newest.at() : Instant.MIN;
    ring.destroyBefore(Math.toIntExact(oldest));
    ring.wrapWith(Math.toIntExact(newest.number()));
  }

  /** Whether somebody left the wish for the next generation in this node's key folder. */
  public boolean isAsked() {
    return ring.isAsked();
  }

  /** Begins the next generation because somebody asked for it; later, while one is under way. */
  public void answer(Instant now) throws KeyException {
    if (next(number(Name.GENERATION), now)) {
      ring.answered();
    }
  }

  /**
   * Begins the next generation if the newest is old enough, and goes on with one that is under way;
   * on one node of the cloud. As long as the last look has seen neither, nothing is read.
   *
   * @param term after which a generation is followed by the next
   * @return the generation from which on all keys are wrapped now, if there is a new one
   */
  public Optional<Integer> renew(Duration term, Instant now) throws KeyException {
    if (renewed.plus(term).isAfter(now)) {
      return Optional.empty();
    }
    var newest = await(state.read(Name.GENERATION));
    var oldest = number(Name.OLDEST);
    if (newest.number() == oldest) {
      if (newest.at().plus(term).isAfter(now) || !next(oldest, now)) {
        return Optional.empty();
      }
    }
    var generation = Math.toIntExact(number(Name.GENERATION));
    ring.wrapWith(generation);
    while (wrapAnew(generation)) {
      // Until a look at all of them finds none.
    }
    await(state.raise(Name.OLDEST, oldest, generation, now));
    await(state.changed(random));
    look();
    return Optional.of(generation);
  }

  private boolean next(long generation, Instant now) {
    return number(Name.OLDEST) == generation
        && await(state.raise(Name.GENERATION, generation, generation + 1, now));
  }

  /** Whether there was one to be wrapped anew. */
  private boolean wrapAnew(int generation) {
    var any = false;
    List<CompletableFuture<Void>> underWay = new ArrayList<>();
    for (var row : vault.all()) {
      var key = CassandraVault.personKey(row);
      if (key.getGeneration() < generation && key.getGeneration() >= ring.oldest()) {
        any = true;
        underWay.add(vault.wrapAnew(key).toCompletableFuture());
        if (underWay.size() == AT_ONCE) {
          underWay.forEach(CompletableFuture::join);
          underWay.clear();
        }
      }
    }
    underWay.forEach(CompletableFuture::join);
    return any;
  }

  /** A mark that is another one after each change of the keys. */
  public long change() {
    return number(Name.CHANGE);
  }

  /** A copy of the keys as they are now, with a number that none had. */
  public Copy copy(SigningKey signing, Instant now) {
    long number;
    do {
      number = number(Name.COPY) + 1;
    } while (!await(state.raise(Name.COPY, number - 1, number, now)));
    List<PersonKey> people = new ArrayList<>();
    vault
        .all()
        .forEach(
            row -> {
              var key = CassandraVault.personKey(row);
              if (key.getGeneration() >= ring.oldest()) {
                people.add(key);
              }
            });
    return new Copy(number, ring.copy(number, people, signing, random));
  }

  /** Notes that the sibling has a copy. */
  public void copied(long number, Instant now) {
    var before = copied();
    if (number > before) {
      await(state.raise(Name.COPIED, before, number, now));
    }
  }

  /** Number of the last copy that the sibling said it has; 0: none. */
  public long copied() {
    return number(Name.COPIED);
  }

  private long number(Name name) {
    return await(state.read(name)).number();
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
