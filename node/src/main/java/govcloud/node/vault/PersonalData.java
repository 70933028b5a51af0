package govcloud.node.vault;

import com.datastax.oss.driver.api.core.CqlSession;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.VaultKeys;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Personal data: each person has a key in each department, with which values are sealed before they
 * become events. Whose key is destroyed is read as erased.
 */
public final class PersonalData {

  /** What stands in place of a value whose key is destroyed. */
  public static final String ERASED = "已删除（erased）";

  /** What stands in place of a value where there is no vault. */
  public static final String LOCKED = "已封存（sealed）";

  /** So long after an erasure at most another node may still read. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private static final int MOST = 10_000;

  private final Optional<Vault> vault;
  private final Optional<VaultKeeper> keeper;
  private final SecureRandom random;
  private final Cache<String, SubjectKey> recent =
      Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(REMEMBERED).build();

  PersonalData(Optional<Vault> vault, Optional<VaultKeeper> keeper, SecureRandom random) {
    this.vault = vault;
    this.keeper = keeper;
    this.random = random;
  }

  /** Nothing is sealed, and what is sealed stays so. */
  public static PersonalData none() {
    return new PersonalData(Optional.empty(), Optional.empty(), new SecureRandom());
  }

  /**
   * Personal data of a cloud; without a vault's key among its keys nothing is sealed.
   *
   * @throws IllegalArgumentException when the key cannot be used, or is not there and people have
   *     keys, beginning with the setting's name
   */
  public static PersonalData of(
      KeyFolder keys, CqlSession session, String keyspace, InstantSource clock) {
    if (!VaultKeys.exist(keys)) {
      requireNobody(session, keyspace);
      return none();
    }
    var random = new SecureRandom();
    try {
      var ring = new VaultRing(keys);
      var state = new VaultState(session, keyspace);
      var vault = new CassandraVault(session, keyspace, ring, state, random);
      var keeper = new VaultKeeper(ring, state, vault, random);
      keeper.begin(clock.instant());
      return new PersonalData(Optional.of(vault), Optional.of(keeper), random);
    } catch (KeyException e) {
      throw new IllegalArgumentException(
          "govcloud.replication.keys-folder: " + e.getMessage() + " (" + e.defect() + ")", e);
    }
  }

  /** A node that has lost the key would write what the others seal. */
  private static void requireNobody(CqlSession session, String keyspace) {
    var anybody = session.execute("SELECT key_id FROM " + keyspace + ".subject_keys LIMIT 1");
    if (anybody.one() != null) {
      throw new IllegalArgumentException(
          "govcloud.replication.keys-folder: no vault.key, and people have keys (expected: the"
              + " vault.key of the other nodes)");
    }
  }

  /** Renews the vault's key and copies the vault; none where nothing is sealed. */
  public Optional<VaultKeeper> keeper() {
    return keeper;
  }

  /** Whether values are sealed here. */
  public boolean seals() {
    return vault.isPresent();
  }

  /** Whether a text is a sealed value, or one that pretends to be. */
  public static boolean isSealed(String text) {
    return SealedText.looksSealed(text);
  }

  /** The pseudonym under which a value is sealed; none: it is not sealed. */
  public static Optional<String> subjectOf(String text) {
    return SealedText.parse(text).map(SealedText::subject);
  }

  /**
   * The pseudonym of a person in a department.
   *
   * @param person what names the person, such as the number of an identity document
   * @throws IllegalStateException where there is no vault
   */
  public String subject(String tenant, String person) {
    return vault().pseudonym(tenant, person);
  }

  /** Name of the key that a person has now, which does not tell it; none: there is none. */
  public CompletionStage<Optional<String>> keyOf(String tenant, String subject) {
    return vault().find(tenant, subject).thenApply(key -> key.map(SubjectKey::id));
  }

  /**
   * Seals values of a person in an entity.
   *
   * @param lasting whether a key is made and kept where there is none; otherwise it is forgotten
   */
  public CompletionStage<Sealer> sealer(
      String tenant, String subject, String entityId, boolean lasting) {
    return (lasting ? vault().findOrMake(tenant, subject) : findOrInvent(tenant, subject))
        .thenApply(key -> new Sealer(entityId, subject, key));
  }

  private CompletionStage<SubjectKey> findOrInvent(String tenant, String subject) {
    return vault().find(tenant, subject).thenApply(key -> key.orElseGet(this::invent));
  }

  private SubjectKey invent() {
    var bytes = new byte[SubjectKey.LENGTH];
    random.nextBytes(bytes);
    return new SubjectKey(bytes);
  }

  /** Looks up the keys of whoever these values belong to; those that are not sealed need none. */
  public CompletionStage<Opener> opener(String tenant, Stream<String> texts) {
    Set<SealedText> oneOfEach =
        Set.copyOf(
            texts
                .flatMap(text -> SealedText.parse(text).stream())
                .collect(Collectors.toMap(SealedText::key, text -> text, (one, other) -> one))
                .values());
    if (vault.isEmpty() || oneOfEach.isEmpty()) {
      return CompletableFuture.completedStage(new Opener(Map.of(), vault.isPresent()));
    }
    Map<String, SubjectKey> found = new ConcurrentHashMap<>();
    var reads =
        oneOfEach.stream()
            .map(
                text ->
                    find(tenant, text)
                        .thenAccept(key -> key.ifPresent(there -> found.put(text.key(), there)))
                        .toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(reads).thenApply(done -> new Opener(found, true));
  }

  /** That a key is not there is never remembered: the person may come again. */
  private CompletionStage<Optional<SubjectKey>> find(String tenant, SealedText text) {
    var name = name(tenant, text.subject(), text.key());
    var known = recent.getIfPresent(name);
    return known != null
        ? CompletableFuture.completedStage(Optional.of(known))
        : vault()
            .find(tenant, text.subject())
            .thenApply(
                there -> {
                  var key = there.filter(one -> one.id().equals(text.key()));
                  key.ifPresent(one -> recent.put(name, one));
                  return key;
                });
  }

  private static String name(String tenant, String subject, String key) {
    return tenant + "/" + subject + "/" + key;
  }

  /** Destroys a person's key; doing it again changes nothing. */
  public CompletionStage<Void> destroy(String tenant, String subject, String key) {
    return vault()
        .destroy(tenant, subject, key)
        .thenAccept(done -> recent.invalidate(name(tenant, subject, key)));
  }

  private Vault vault() {
    return vault.orElseThrow(
        () -> new IllegalStateException("vault: none (expected: a key made by keys vault)"));
  }
}
