package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import govcloud.ledger.note.CheckedCheckpoint;
import govcloud.ledger.note.LogProof;
import govcloud.ledger.note.NoteSigner;
import govcloud.ledger.note.SignedNote;
import govcloud.ledger.verify.LedgerReport;
import govcloud.localcassandra.LocalCassandra;
import govcloud.node.http.Client;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.link.HttpSiblingLink;
import govcloud.replication.link.PinnedTls;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
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

/** Two clouds on a real Cassandra: what one stores is at the other seconds later. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReplicationIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private TwoClouds clouds;
  private TwoLedgers ledgers;
  private ServingNode harbourNode;
  private ServingNode mountainNode;
  private Client harbour;
  private Client mountain;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "");
    ledgers = new TwoLedgers(folder.resolve("ledgers")).withAuditOffice();
    startHarbour("");
    startMountain("");
  }

  private void startHarbour(String settings) throws Exception {
    harbourNode = clouds.startHarbour(ledgers.settings(TwoClouds.HARBOUR) + settings);
    harbour = harbourNode.client();
  }

  private void startMountain(String settings) throws Exception {
    mountainNode = clouds.startMountain(ledgers.settings(TwoClouds.MOUNTAIN) + settings);
    mountain = mountainNode.client();
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
    if (ledgers != null) {
      ledgers.close();
    }
  }

  @Test
  @Order(1)
  void department_registered_isAtTheSiblingSoonAndVerifiable() {
    TwoClouds.register(harbour, "harbour-office");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                    .contains("tenant/harbour-office"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              ReplicaReport report = clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN);
              assertThat(report.findings()).isEmpty();
              assertThat(report.receipts()).isPositive();
              assertThat(report.manifests()).isPositive();
            });
  }

  @Test
  @Order(2)
  void sibling_isHomeCloudItselfAtTheSameTime() {
    TwoClouds.register(mountain, "far");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(clouds.entities(TwoClouds.MOUNTAIN, TwoClouds.HARBOUR))
                    .contains("tenant/far"));
  }

  @Test
  @Order(3)
  void siblingAwayThenWithoutSpace_backAgain_hasEverything() throws Exception {
    clouds.stopMountain();
    TwoClouds.register(harbour, "second");
    TwoClouds.register(harbour, "third");
    awaitAlarm(true);
    startMountain("govcloud.replication.received-reserve = 1024 TiB");
    await()
        .pollDelay(Duration.ofSeconds(3))
        .untilAsserted(
            () ->
                assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                    .as("taken in without space")
                    .doesNotContain("tenant/second"));
    clouds.stopMountain();
    startMountain("govcloud.replication.received-quota = 1 KiB");
    awaitQuota();
    clouds.stopMountain();
    startMountain("");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                    .contains("tenant/second", "tenant/third"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).findings())
                    .isEmpty());
    awaitAlarm(false);
  }

  /** The alarm that the sibling is away is written down once, with its end. */
  private void awaitAlarm(boolean raised) {
    await()
        .atMost(Duration.ofSeconds(100))
        .untilAsserted(
            () -> {
              List<JsonNode> away = new ArrayList<>();
              harbour
                  .send("GET", "/v1/replication/alarms", null)
                  .json()
                  .path("items")
                  .forEach(one -> away.add(one));
              away.removeIf(one -> !one.path("kind").asText().equals("SIBLING_AWAY"));
              assertThat(away).isNotEmpty();
              assertThat(away.stream().filter(one -> !one.has("until"))).hasSize(raised ? 1 : 0);
            });
  }

  private void awaitQuota() {
    AtomicInteger offices = new AtomicInteger();
    await()
        .atMost(SOON)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              TwoClouds.register(harbour, "beyond-" + offices.incrementAndGet());
              assertThat(attention(harbour)).contains("SIBLING_QUOTA");
              assertThat(attention(mountain)).contains("RECEIVED_QUOTA");
              assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                  .doesNotContain("tenant/beyond-" + offices.get());
            });
  }

  private static String attention(Client cloud) {
    return cloud.send("GET", "/v1/attention", null).response().body();
  }

  @Test
  @Order(4)
  void signingKeys_rotatedWhileBothWork_areTakenUpByBoth() throws Exception {
    clouds.keys(TwoClouds.HARBOUR).rotateSigning(new SecureRandom());
    clouds.keys(TwoClouds.MOUNTAIN).rotateSigning(new SecureRandom());
    ByteString ofHarbour = clouds.keys(TwoClouds.HARBOUR).signing().id();
    ByteString ofMountain = clouds.keys(TwoClouds.MOUNTAIN).signing().id();
    AtomicInteger offices = new AtomicInteger();
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              TwoClouds.register(harbour, "later-" + offices.incrementAndGet());
              assertThat(signers(StatementKind.SEGMENT)).contains(ofHarbour);
              assertThat(signers(StatementKind.RECEIPT)).contains(ofMountain);
            });
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                  .contains("tenant/later-" + offices.get());
              assertThat(clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).findings()).isEmpty();
            });
    assertThat(clouds.keys(TwoClouds.MOUNTAIN).sibling(TwoClouds.HARBOUR).signingKeys()).hasSize(2);
  }

  /** Names of the keys that signed what the sibling has. */
  private Set<ByteString> signers(StatementKind kind) throws Exception {
    ArchiveStore store = FileSystemArchiveStore.open(clouds.received(TwoClouds.MOUNTAIN));
    Set<ByteString> signers = new HashSet<>();
    for (ArchiveName name : store.list(kind)) {
      signers.add(SignedStatement.keyId(ByteString.copyFrom(store.read(name).orElseThrow())));
    }
    return signers;
  }

  private static JsonNode status(Client cloud) {
    var answer = cloud.send("GET", "/v1/ledger/status", null);
    assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
    return answer.json();
  }

  private static void awaitState(Client cloud, String state, long cosigned) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode status = status(cloud);
              assertThat(status.path("state").asText()).as(status.toString()).isEqualTo(state);
              assertThat(status.path("cosigned").asLong()).isEqualTo(cosigned);
            });
  }

  @Test
  @Order(5)
  void ledgersOfBoth_areCosignedAndCopiedByTheOther_andVerifiable() throws Exception {
    TwoLedgers.append(harbourNode, TwoClouds.HARBOUR, 0, 600);
    TwoLedgers.append(mountainNode, TwoClouds.MOUNTAIN, 0, 7);
    awaitState(harbour, "in_step", 600);
    awaitState(mountain, "in_step", 7);
    for (String cloud : List.of(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN)) {
      long size = cloud.equals(TwoClouds.HARBOUR) ? 600 : 7;
      for (LedgerReport report : List.of(ledgers.verify(cloud), ledgers.verifyCopy(cloud))) {
        assertThat(report.findings()).as(cloud).isEmpty();
        assertThat(report.cosigned().orElseThrow().size()).as(cloud).isEqualTo(size);
      }
    }
    assertThat(harbour.send("GET", "/v1/ledger/policy", null).response().body())
        .contains("quorum mountain");
    byte[] proof =
        harbour
            .send("GET", "/v1/ledger/proofs/599", null)
            .response()
            .body()
            .getBytes(StandardCharsets.UTF_8);
    LogProof read = LogProof.parse(proof, "proof");
    assertThat(
            read.check(read.extra().orElseThrow(), TwoLedgers.policy(TwoClouds.HARBOUR), "proof")
                .enough())
        .isTrue();
    ledgers.walk(mountainNode);
  }

  @Test
  @Order(6)
  void witnessAway_isToldOf_andCaughtUpWithWhenItIsBack() throws Exception {
    clouds.stopMountain();
    TwoLedgers.append(harbourNode, TwoClouds.HARBOUR, 600, 1300);
    awaitState(harbour, "unwitnessed", 600);
    assertThat(status(harbour).path("size").asLong()).isEqualTo(1300);
    assertThat(status(harbour).path("problem").asText()).startsWith("LEDGER_WITNESS_AWAY");
    assertThat(ledgers.verify(TwoClouds.HARBOUR).findings()).isEmpty();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(attention(harbour)).contains("LEDGER_UNWITNESSED"));
    startMountain("");
    awaitState(harbour, "in_step", 1300);
    assertThat(ledgers.verifyCopy(TwoClouds.HARBOUR).findings()).isEmpty();
  }

  /** The way of harbour's operator to the witness. */
  private HttpSiblingLink link() throws Exception {
    KeyFolder keys = clouds.keys(TwoClouds.HARBOUR);
    return new HttpSiblingLink(
        PinnedTls.context(keys.link(), keys.sibling(TwoClouds.MOUNTAIN).certificate()),
        List.of(clouds.replicaAddress(TwoClouds.MOUNTAIN)),
        TwoClouds.HARBOUR,
        Duration.ofSeconds(20));
  }

  @Test
  @Order(7)
  void forkRollbackAndStranger_sentByHomeItself_areRefusedWithTheirCodes(@TempDir Path evil)
      throws Exception {
    NoteSigner key = TwoLedgers.log(TwoClouds.HARBOUR);
    long[] numbers = LongStream.range(0, 1301).toArray();
    numbers[1299] = 7;
    EvilLedgers sender = new EvilLedgers(link(), evil);
    sender.refused(sender.log(key, numbers), 1300, "LEDGER_FORKED");
    sender.refused(sender.log(key, 0, 1, 2), 0, "LEDGER_ROLLED_BACK");
    sender.refused(sender.log(TwoLedgers.log(TwoClouds.MOUNTAIN), 0, 1), 0, "LEDGER_ORIGIN_WRONG");
    assertThat(ledgers.verifyCopy(TwoClouds.HARBOUR).findings()).isEmpty();
    awaitState(harbour, "in_step", 1300);
  }

  @Test
  @Order(8)
  void filesLost_areMadeAgainAndAreTheSame_journalPutBack_signsNothing(@TempDir Path lost)
      throws Exception {
    clouds.stopHarbour();
    Files.move(ledgers.files(TwoClouds.HARBOUR), lost.resolve("first"));
    startHarbour("");
    awaitAlarm(false);
    awaitState(harbour, "in_step", 1300);
    assertThat(Files.readAllBytes(ledgers.files(TwoClouds.HARBOUR).resolve("checkpoint")))
        .isEqualTo(Files.readAllBytes(lost.resolve("first/checkpoint")));
    clouds.stopHarbour();
    Files.move(ledgers.files(TwoClouds.HARBOUR), lost.resolve("second"));
    startHarbour(
        "govcloud.cassandra.keyspace = " + LocalCassandra.shared().newKeyspaceName("put_back"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(status(harbour).path("problem").asText())
                    .startsWith("LEDGER_ROLLED_BACK"));
    assertThat(status(harbour).path("state").asText()).isEqualTo("stopped");
    assertThat(status(harbour).path("size").asLong()).isZero();
  }

  @Test
  @Order(9)
  void ledgerAfterTheLossOfTheSite_beginsWithTheLastCosignedStateOfTheLostOne(@TempDir Path evil)
      throws Exception {
    clouds.stopHarbour();
    String settings = ledgers.successor();
    EvilLedgers sender = new EvilLedgers(link(), evil);
    NoteSigner first = TwoLedgers.log(TwoClouds.HARBOUR);
    SignedNote last = sender.log(first, LongStream.range(0, 1300).toArray());
    SignedNote older = sender.log(first, 0, 1, 2);
    long[] others = LongStream.range(0, 1300).toArray();
    others[1299] = 7;
    sender.refusedBehind(older, TwoLedgers.SECOND, "LEDGER_ROLLED_BACK");
    sender.refusedBehind(sender.log(first, others), TwoLedgers.SECOND, "LEDGER_FORKED");
    harbourNode = clouds.startHarbour(settings);
    harbour = harbourNode.client();
    awaitState(harbour, "in_step", 1);
    TwoLedgers.append(harbourNode, TwoLedgers.SECOND, 0, 5);
    awaitState(harbour, "in_step", 6);
    LedgerReport second = ledgers.verifySecond();
    assertThat(second.findings()).isEmpty();
    CheckedCheckpoint lost = second.predecessor().orElseThrow();
    assertThat(lost.size()).isEqualTo(1300);
    assertThat(lost.enough()).isTrue();
    assertThat(ledgers.verifyCopy(TwoClouds.HARBOUR).cosigned().orElseThrow().root())
        .isEqualTo(lost.root());
    assertThat(harbour.send("GET", "/v1/ledger/policy", null).response().body())
        .contains(TwoLedgers.log(TwoClouds.HARBOUR).key().toString());
    // The lost one has ended, for its own site too, and no other one follows it.
    sender.refused(sender.log(first, LongStream.range(0, 1301).toArray()), 1300, "LEDGER_FORKED");
    sender.refusedBehind(last, TwoLedgers.THIRD, "LEDGER_FORKED");
    assertThat(ledgers.verifyCopy(TwoClouds.HARBOUR).checkpoint().orElseThrow().size())
        .isEqualTo(1300);
  }
}
