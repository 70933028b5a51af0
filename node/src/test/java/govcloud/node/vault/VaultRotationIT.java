package govcloud.node.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.node.TestKeyspace;
import govcloud.node.vault.VaultState.Name;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyDefect;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.VaultKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that renew the vault's key at once, while people come: nobody's key is lost. */
@Tag("slow")
class VaultRotationIT {
  private static final String TENANT = "office";
  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final int ROUNDS = 6;
  private static final int PEOPLE = 60;

  @TempDir private Path folder;
  private TestKeyspace keyspace;
  private Node first;

  /** What a node has of the vault. */
  private record Node(VaultRing ring, VaultState state, CassandraVault vault, VaultKeeper keeper) {
    String key(String subject) {
      return vault.findOrMake(TENANT, subject).toCompletableFuture().join().id();
    }

    long number(Name name) {
      return state.read(name).toCompletableFuture().join().number();
    }

    List<PersonKey> rows() {
      return StreamSupport.stream(vault.all().spliterator(), false)
          .map(CassandraVault::personKey)
          .toList();
    }
  }

  @BeforeEach
  void open() throws Exception {
    keyspace = TestKeyspace.open("rotation");
    var keys = new KeyFolder(folder.resolve("node-1"));
    KeyCeremony.init(keys, "extranet", folder.resolve("shares"), 2, 3, new SecureRandom());
    VaultKeys.create(keys, new SecureRandom());
    first = node(keys);
  }

  @AfterEach
  void close() {
    keyspace.close();
  }

  private Node node(KeyFolder keys) throws Exception {
    var random = new SecureRandom();
    var ring = new VaultRing(keys);
    var state = new VaultState(keyspace.session(), keyspace.name());
    var vault = new CassandraVault(keyspace.session(), keyspace.name(), ring, state, random);
    var keeper = new VaultKeeper(ring, state, vault, random);
    keeper.begin(NOW);
    return new Node(ring, state, vault, keeper);
  }

  /** On a machine of its own, to which the keys were brought. */
  private Node elsewhere(String name) throws Exception {
    var copy = Files.createDirectory(folder.resolve(name));
    try (Stream<Path> files = Files.list(folder.resolve("node-1"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        copy(file, copy);
      }
    }
    return node(new KeyFolder(copy));
  }

  private static void copy(Path file, Path into) throws IOException {
    Files.copy(
        file, into.resolve(file.getFileName()), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Nobody signs for the vault's first key, so another one is none as soon as it has sealed. */
  @Test
  void otherKeyInPlaceOfTheVaults_isRefused_asSoonAsAnybodysDataAreSealed() throws Exception {
    var other = new KeyFolder(folder.resolve("other"));
    KeyCeremony.init(other, "extranet", folder.resolve("other-shares"), 2, 3, new SecureRandom());
    VaultKeys.create(other, new SecureRandom());
    first.key("zhang-san");
    assertThatThrownBy(() -> node(other))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.VAULT_KEY_WRONG));
    assertThat(elsewhere("node-2").key("zhang-san")).isEqualTo(first.key("zhang-san"));
  }

  private void damage(PersonKey key) {
    keyspace
        .session()
        .execute(
            "UPDATE "
                + keyspace.name()
                + ".subject_keys SET wrapped = 0x00 WHERE tenant = ? AND subject = ? IF EXISTS",
            key.getTenant(),
            key.getSubject());
  }

  @Test
  void damagedRow_keepsNoNodeFromStarting_asLongAsAnotherOneOpens() throws Exception {
    first.key("zhang-san");
    first.key("li-si");
    var rows = first.rows();
    damage(rows.get(0));
    assertThat(elsewhere("node-2").rows()).hasSize(2);
    damage(rows.get(1));
    assertThatThrownBy(() -> elsewhere("node-3"))
        .isInstanceOfSatisfying(
            KeyException.class, e -> assertThat(e.defect()).isEqualTo(KeyDefect.VAULT_KEY_WRONG));
  }

  @Test
  void nodes_renewAtOnce_whilePeopleCome_everyKeyOpensOnEveryNode() throws Exception {
    var nodes =
        List.of(
            first,
            node(new KeyFolder(folder.resolve("node-1"))),
            elsewhere("node-3"),
            elsewhere("node-4"));
    Map<String, String> keys = new ConcurrentHashMap<>();
    IntStream.range(0, PEOPLE).forEach(i -> keys.put("early-" + i, first.key("early-" + i)));
    var over = new AtomicBoolean();
    var threads = Executors.newCachedThreadPool();
    try {
      var people = new ArrayList<Future<?>>();
      for (var node : nodes) {
        people.add(threads.submit(() -> come(nodes, node, keys, over)));
      }
      for (int round = 0; round < ROUNDS; round++) {
        List<Callable<Object>> renewals = new ArrayList<>();
        nodes.forEach(node -> renewals.add(() -> node.keeper().renew(Duration.ZERO, NOW)));
        for (var renewed : threads.invokeAll(renewals)) {
          renewed.get();
        }
      }
      over.set(true);
      for (var come : people) {
        come.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(first.number(Name.GENERATION))
        .isEqualTo(first.number(Name.OLDEST))
        .isGreaterThan(ROUNDS);
    assertThat(keys).hasSizeGreaterThan(PEOPLE);
    everyKeyOpens(nodes, keys);
  }

  /** New people come to one node, and everybody is looked up at another one. */
  private static Object come(
      List<Node> nodes, Node own, Map<String, String> keys, AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      var subject = "late-" + nodes.indexOf(own) + "-" + i;
      keys.put(subject, own.key(subject));
      var known = "early-" + i % PEOPLE;
      var other = nodes.get(i % nodes.size());
      assertThat(other.vault().find(TENANT, known).toCompletableFuture().join())
          .as(known)
          .hasValueSatisfying(key -> assertThat(key.id()).isEqualTo(keys.get(known)));
      assertThat(own.key(known)).isEqualTo(keys.get(known));
    }
    return null;
  }

  private void everyKeyOpens(List<Node> nodes, Map<String, String> keys) throws Exception {
    var newest = first.number(Name.GENERATION);
    assertThat(first.rows())
        .hasSameSizeAs(keys.keySet())
        .allSatisfy(row -> assertThat(row.getGeneration()).isEqualTo((int) newest));
    for (var node : nodes) {
      node.keeper().look();
      assertThat(node.ring().oldest()).isEqualTo((int) newest);
      keys.forEach(
          (subject, key) ->
              assertThat(node.vault().find(TENANT, subject).toCompletableFuture().join())
                  .as(subject)
                  .hasValueSatisfying(found -> assertThat(found.id()).isEqualTo(key)));
    }
    for (var name : List.of("node-1", "node-3", "node-4")) {
      try (var file = VaultKeys.read(new KeyFolder(folder.resolve(name)))) {
        assertThat(file.generation()).as(name).isEqualTo((int) newest);
      }
    }
  }

  /** A node that stopped for a while in the middle must not put back what the others have left. */
  @Test
  void nodeThatIsLate_wrapsNothingUnderAGenerationThatIsDestroyed() throws Exception {
    var key = first.key("wang");
    var late = elsewhere("late");
    var read = late.rows().get(0);
    late.ring().wrapWith(2);
    first.keeper().renew(Duration.ZERO, NOW);
    first.keeper().renew(Duration.ZERO, NOW);
    assertThat(first.number(Name.OLDEST)).isEqualTo(3);

    late.vault().wrapAnew(read).toCompletableFuture().join();
    assertThat(first.rows().get(0).getGeneration()).isEqualTo(3);
    assertThat(first.key("wang")).isEqualTo(key);
    assertThat(late.key("wang")).isEqualTo(key);
  }

  /** Two generations have passed since a node looked; what it finds may be of the one between. */
  @Test
  void keyOfAGenerationBetween_opens() throws Exception {
    var late = elsewhere("late");
    first.keeper().renew(Duration.ZERO, NOW);
    var key = first.key("wang");
    var between = first.rows().get(0);
    assertThat(between.getGeneration()).isEqualTo(2);
    late.ring().wrapWith(3);
    assertThat(late.key("wang")).isEqualTo(key);
    assertThat(late.ring().oldest()).isEqualTo(1);
  }

  /** What a backup brings back under a generation that is destroyed is nobody's key any more. */
  @Test
  void keyOfADestroyedGeneration_opensNothing() throws Exception {
    first.key("wang");
    var old = first.rows().get(0);
    first.keeper().renew(Duration.ZERO, NOW);
    keyspace
        .session()
        .execute(
            ("INSERT INTO %s.subject_keys (tenant, subject, generation, key_id, wrapped)"
                    + " VALUES (?, ?, ?, ?, ?) USING TIMESTAMP %d")
                .formatted(keyspace.name(), Long.MAX_VALUE / 2),
            TENANT,
            "wang",
            old.getGeneration(),
            old.getKeyId(),
            old.getWrapped().asReadOnlyByteBuffer());
    assertThat(first.vault().find(TENANT, "wang").toCompletableFuture().join()).isEmpty();
  }
}
