package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import govcloud.node.http.Client;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
  private Client harbour;
  private Client mountain;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, "");
    harbour = clouds.startHarbour().client();
    mountain = clouds.startMountain().client();
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
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
    clouds.startMountain("govcloud.replication.received-reserve = 1024 TiB");
    await()
        .pollDelay(Duration.ofSeconds(3))
        .untilAsserted(
            () ->
                assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                    .as("taken in without space")
                    .doesNotContain("tenant/second"));
    clouds.stopMountain();
    clouds.startMountain();
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
}
