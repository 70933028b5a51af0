package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import govcloud.cli.ExitCode;
import govcloud.localcassandra.LocalCassandra;
import govcloud.protobuf.replica.v1.PersonKey;
import govcloud.recovery.command.LivingCloud.Place;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.VaultCopy;
import govcloud.replication.cut.CutOrder;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyException;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.keys.VaultKeys;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.statement.TrustedKeys;
import govcloud.replication.store.FileSystemArchiveStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two people give data to an office; one is erased, the vault's key is renewed, the site is lost
 * and rebuilt from its sibling: the one can be read there, the other nowhere.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ErasureIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String APP = "/v1/tenants/office/apps/permits";
  private static final String ERASED = "已删除（erased）";
  private static final String[] ONCE = {"Idempotency-Key", "once"};

  private final LocalCassandra cassandra = LocalCassandra.shared();
  private final SecureRandom random = new SecureRandom();
  private final List<PersonKey> rowsBefore = new ArrayList<>();
  private Path folder;
  private Place harbour;
  private Place mountain;
  private LivingCloud home;
  private LivingCloud sibling;
  private List<Path> shares;
  private ReplicaTrust trust;
  private SigningKey signing;
  private String erased;
  private String living;
  private VaultCopy before;
  private byte[] bytesBefore;
  private long numberBefore;

  @BeforeAll
  void live(@TempDir Path temporary) throws Exception {
    folder = temporary;
    int harbourPort = LivingCloud.freePort();
    int mountainPort = LivingCloud.freePort();
    harbour = place("harbour", "harbour", harbourPort, "mountain", mountainPort);
    mountain = place("mountain", "mountain", mountainPort, "harbour", harbourPort);
    KeyFolder keys = new KeyFolder(harbour.keys());
    KeyFolder others = new KeyFolder(mountain.keys());
    shares = KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, random);
    KeyCeremony.init(others, "mountain", folder.resolve("other-shares"), 2, 3, random);
    keys.trust(CloudCard.parse(others.card().toFile()));
    others.trust(CloudCard.parse(keys.card().toFile()));
    VaultKeys.create(keys, random);
    signing = keys.signing();
    trust =
        new ReplicaTrust(
            "harbour",
            "mountain",
            new TrustedKeys(keys.signingKeys()),
            Set.of(keys.recovery().key().id()));
    sibling = LivingCloud.start(cassandra, mountain);
    home = LivingCloud.start(cassandra, harbour);
    rent();
  }

  private Place place(String cloud, String name, int port, String sibling, int siblingPort)
      throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    return new Place(cloud, place, cassandra.newKeyspaceName(name), port, sibling, siblingPort);
  }

  private void rent() {
    home.send(
        "PUT",
        "/v1/tenants/office",
        """
        {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
         "division_code":"999999","disaster_class":"continuous","plan":"standard",
         "contacts":[{"name":"张三","role":"technical"}]}\
        """,
        ONCE);
    home.send("POST", "/v1/tenants/office/activate", "{}", "If-Match", "*");
    home.send(
        "PUT",
        APP,
        "{\"definition\":\"administrative-approval\",\"plan\":{\"seats\":5,\"cases\":100}}",
        "Govcloud-Acting-As",
        "head;role=operator");
    home.send("POST", APP + "/approve", "{}", "If-Match", "*");
    await().atMost(SOON).until(() -> home.get(APP).path("status").asText().equals("running"));
  }

  @AfterAll
  void stop() {
    for (LivingCloud cloud : new LivingCloud[] {home, sibling}) {
      if (cloud != null) {
        cloud.close();
      }
    }
  }

  /** A case of a person; gives the person's pseudonym. */
  private String apply(String name, String person, String number) {
    String body =
        """
        {"title":"占道施工","applicant":{"name":"%s","document_kind":"identity-card",
          "document_number":"%s"},
         "form":{"project_name":"p","task_name":"占道许可","task_type":"licence",
                 "project_type":"promise","applyer_name":"%s","applyer_type":"natural-person",
                 "applyer_page_code":"%s","contact_mobile":"13912345678"}}\
        """
            .formatted(person, number, person, number);
    home.send("PUT", APP + "/cases/" + name, body, "Idempotency-Key", name);
    return home.get(APP + "/cases/" + name).path("data_subject").asText();
  }

  private static String applicant(LivingCloud cloud, String name) {
    return cloud.get(APP + "/cases/" + name).at("/applicant/name").asText();
  }

  private List<ArchiveName> copies() throws Exception {
    return FileSystemArchiveStore.open(mountain.received()).list(StatementKind.VAULT);
  }

  private byte[] newest() throws Exception {
    ArchiveName name = copies().get(copies().size() - 1);
    return FileSystemArchiveStore.open(mountain.received()).read(name).orElseThrow();
  }

  private VaultCopy copy() throws Exception {
    return VaultCopy.verify(copies().get(copies().size() - 1), newest(), trust);
  }

  /** Whose keys the sibling has, opened as nobody there can. */
  private List<String> peopleAtSibling() throws Exception {
    VaultCopy copy = copy();
    try (RecoverySecrets secrets = secrets();
        VaultKeys vault = VaultKeys.open(secrets, copy.statement().getGrant())) {
      return copy.people(vault).stream().map(PersonKey::getSubject).toList();
    }
  }

  private RecoverySecrets secrets() throws KeyException {
    return RecoverySecrets.join(
        new KeyFolder(mountain.keys()).sibling("harbour").recovery(), shares);
  }

  private CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter("datacenter1")
        .build();
  }

  @Test
  @Order(1)
  void keysOfPeople_areAtTheSibling_soonAfterTheyAreMade() throws Exception {
    erased = apply("c-1", "欧阳静", "999999199001010016");
    living = apply("c-2", "司马光", "999999199001010024");
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(
            () -> assertThat(peopleAtSibling()).containsExactlyInAnyOrder(erased, living));
    before = copy();
    bytesBefore = newest();
    numberBefore = before.statement().getNumber();
    try (CqlSession session = session()) {
      for (Row row : session.execute("SELECT * FROM " + harbour.keyspace() + ".subject_keys")) {
        rowsBefore.add(
            PersonKey.newBuilder()
                .setTenant(row.getString("tenant"))
                .setSubject(row.getString("subject"))
                .setGeneration(row.getInt("generation"))
                .setKeyId(row.getString("key_id"))
                .setWrapped(ByteString.copyFrom(row.getByteBuffer("wrapped")))
                .build());
      }
    }
    assertThat(rowsBefore).hasSize(2);
  }

  @Test
  @Order(2)
  void erasedPerson_isGoneAtTheSibling_andTheNextGenerationDestroysTheOneBefore() throws Exception {
    home.erase("office", erased);
    assertThat(applicant(home, "c-1")).isEqualTo(ERASED);
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(peopleAtSibling()).containsExactly(living));
    KeyFolder keys = new KeyFolder(harbour.keys());
    Path kept = Files.createLink(folder.resolve("kept"), keys.folder().resolve("vault.key"));
    VaultKeys.askRotation(keys);
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () -> {
              try (VaultKeys there = VaultKeys.read(keys)) {
                return there.generation() == 2
                    && copy().statement().getGrant().getEpoch() == 2
                    && copies().size() == 1;
              }
            });
    assertThat(Files.readAllBytes(kept)).containsOnly(0);
    assertThat(peopleAtSibling()).containsExactly(living);
    assertThat(applicant(home, "c-2")).isEqualTo("司马光");
    assertThat(applicant(home, "c-1")).isEqualTo(ERASED);
    await()
        .atMost(SOON)
        .until(
            () ->
                !home.send(
                        "GET",
                        "/v1/audit/records?action=vault-renewed",
                        null,
                        "Govcloud-Acting-As",
                        "gao;role=audit-administrator")
                    .path("items")
                    .isEmpty());
  }

  /** With copies of table and archive from before, the present keys and all shares. */
  @Test
  @Order(3)
  void everythingThatWasCopiedBefore_opensNothing() throws Exception {
    try (RecoverySecrets secrets = secrets();
        VaultKeys now = VaultKeys.read(new KeyFolder(harbour.keys()));
        VaultKeys recovered = VaultKeys.open(secrets, copy().statement().getGrant())) {
      for (VaultKeys vault : List.of(now, recovered)) {
        assertThat(vault.generation()).isEqualTo(2);
        for (PersonKey row : rowsBefore) {
          assertThatThrownBy(
                  () ->
                      vault.unwrap(
                          row.getTenant(), row.getSubject(), row.getWrapped().toByteArray()))
              .isInstanceOf(KeyException.class);
        }
        // Its beginning, with the sealed key, was destroyed at the sibling; the keys behind it
        // may have been copied.
        assertThatThrownBy(() -> before.people(vault)).isInstanceOf(DamagedReplicaException.class);
      }
    }
  }

  @Test
  @Order(4)
  void lostSite_isRebuilt_andTheLivingPersonCanBeRead() throws Exception {
    home.send("POST", "/v1/replication/cuts", null);
    long copied = copy().statement().getNumber();
    await().atMost(SOON).ignoreExceptions().until(() -> isCutWith(copied));
    home.close();
    home = null;
    Place rebuilt = place("harbour", "rebuilt", harbour.port(), "mountain", mountain.port());
    Run restored =
        Run.of(
            ExitCode.OK, recover("restore", rebuilt.keyspace(), "--prove").toArray(String[]::new));
    assertThat(restored.err()).contains("Keys of people: 1 of vault copy " + copied + "; 0 left");
    List<String> failover = new ArrayList<>(List.of("failover", "--archive"));
    failover.add(mountain.received().toString());
    failover.addAll(List.of("--shares", folder.resolve("shares").toString()));
    failover.addAll(List.of("--emergency=rehearsal", "--approved-by=zhang", "--approved-by=li"));
    failover.addAll(List.of("--keys", rebuilt.keys().toString()));
    failover.addAll(List.of("--home-archive", rebuilt.home().resolve("archive").toString()));
    failover.addAll(List.of("--card", folder.resolve("card").toString()));
    Run.of(ExitCode.OK, failover.toArray(String[]::new));
    home = LivingCloud.start(cassandra, rebuilt);
    assertThat(applicant(home, "c-2")).isEqualTo("司马光");
    assertThat(applicant(home, "c-1")).isEqualTo(ERASED);
    assertThat(home.get(APP + "/cases/c-1").toString()).doesNotContain("欧阳静", "13912345678");
    assertThat(apply("c-3", "司马光", "999999199001010024")).isEqualTo(living);
    assertThat(applicant(home, "c-3")).isEqualTo("司马光");
  }

  /** The sibling has signed that it has a cut which names this copy. */
  private boolean isCutWith(long copied) throws Exception {
    FileSystemArchiveStore store = FileSystemArchiveStore.open(mountain.received());
    long last = store.last(StatementKind.COUNTERSIGNATURE, 0).orElseThrow().number();
    ArchiveName name = ArchiveName.cut(last);
    return RecoveryPoint.of(Cut.verify(name, store.read(name).orElseThrow(), trust))
        .setting(CutOrder.VAULT_COPY)
        .equals(Optional.of(Long.toString(copied)));
  }

  private List<String> recover(String command, String keyspace, String... more) {
    List<String> line = new ArrayList<>(List.of(command, "--archive"));
    line.add(mountain.received().toString());
    line.addAll(List.of("--shares", folder.resolve("shares").toString()));
    line.addAll(List.of("--cassandra", "127.0.0.1:" + cassandra.contactPoint().getPort()));
    line.addAll(List.of("--keyspace", keyspace));
    line.addAll(List.of(more));
    return line;
  }

  @Test
  @Order(5)
  void olderCopy_isRefused_andATombstoneCountsMoreThanACopy() throws Exception {
    home.close();
    home = null;
    VaultCopy last = copy();
    Files.delete(mountain.received().resolve(copies().get(0).text()));
    Files.write(mountain.received().resolve(ArchiveName.vault(numberBefore).text()), bytesBefore);
    String old = cassandra.newKeyspaceName("old");
    Run refused = Run.of(ExitCode.FINDINGS, recover("restore", old).toArray(String[]::new));
    assertThat(refused.err()).contains("RECOVERY_VAULT_OLD", "copy " + numberBefore);
    Run.of(ExitCode.OK, recover("restore", old, "--without-vault").toArray(String[]::new));
    // A copy with the erased person that pretends to be the newest, signed with the lost keys.
    try (RecoverySecrets secrets = secrets();
        VaultKeys key = VaultKeys.open(secrets, before.statement().getGrant())) {
      long number = last.statement().getNumber() + 5;
      Files.write(
          mountain.received().resolve(ArchiveName.vault(number).text()),
          VaultCopy.write(number, key, before.people(key), signing, random).toByteArray());
    }
    leavesErasedOut(cassandra.newKeyspaceName("forged"));
    leavesErasedOut(cassandra.newKeyspaceName("early"), "--prove", "--open");
  }

  private void leavesErasedOut(String keyspace, String... how) {
    Run restored = Run.of(ExitCode.OK, recover("restore", keyspace, how).toArray(String[]::new));
    assertThat(restored.err()).containsOnlyOnce("1 left out, which were erased");
    try (CqlSession session = session()) {
      List<Row> rows = session.execute("SELECT subject FROM " + keyspace + ".subject_keys").all();
      assertThat(rows).extracting(row -> row.getString("subject")).containsExactly(living);
    }
  }
}
