package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import govcloud.node.http.Client;
import govcloud.node.identity.MovingClock;
import govcloud.node.identity.Officers;
import govcloud.replication.archive.ArchiveName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
 * A cut goes when two officers have signed for it and its time is over, in each cloud by itself.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class CutDeletionIT {
  private static final Duration SOON = Duration.ofSeconds(100);
  private static final Duration RETENTION = Duration.ofDays(1);
  private static final ArchiveName FIRST = ArchiveName.cut(1);
  private static final ArchiveName SECOND = ArchiveName.cut(2);
  private static final String SETTINGS =
      """
      govcloud.identity.mode = accounts
      govcloud.replication.cut { time = "", retention = %d days }
      """
          .formatted(RETENTION.toDays());

  private final MovingClock clock = new MovingClock();
  private TwoClouds clouds;
  private Side home;
  private Side sibling;

  /** What a cloud's people see. */
  private record Side(
      Client commandLine, Officers.Officer operator, Officers.Officer administrator) {

    static Side of(ServingNode node, MovingClock clock) throws Exception {
      Officers officers = new Officers(node.url(), ServingNode.TOKEN, clock);
      return new Side(node.client(), officers.come("operator"), officers.come("system-admin"));
    }

    Client.Answer asks(String body) {
      return operator.api().send("POST", "/v1/replication/deletions", body);
    }

    /** Asks, which is taken; the operation. */
    String asked(String body) {
      Client.Answer answer = asks(body);
      assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
      return answer.json().path("operation").asText();
    }

    String status(String operation) {
      return commandLine
          .send("GET", "/v1/operations/" + operation, null)
          .json()
          .path("status")
          .asText();
    }
  }

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    clouds = new TwoClouds(folder, SETTINGS);
    clouds.setClock(clock);
    home = Side.of(clouds.startHarbour(), clock);
    sibling = Side.of(clouds.startMountain(), clock);
    for (int cut = 1; cut <= 2; cut++) {
      home.commandLine().send("POST", "/v1/replication/cuts", null);
      TwoClouds.awaitCountersigned(home.commandLine(), cut);
    }
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  private boolean isAtHome(ArchiveName name) {
    return Files.exists(clouds.archive(TwoClouds.HARBOUR).resolve(name.text()));
  }

  private boolean isAtSibling(ArchiveName name) {
    return Files.exists(clouds.received(TwoClouds.MOUNTAIN).resolve(name.text()));
  }

  private static void awaitSucceeded(Side side, String operation) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(side.status(operation)).isEqualTo("succeeded"));
  }

  @Test
  @Order(1)
  void withinTheTimeLock_nobodyCanEvenAsk() {
    assertThat(home.asks("{\"last_cut\": 1}").code()).isEqualTo("CUT_LOCKED");
    assertThat(
            home.commandLine()
                .send("POST", "/v1/replication/deletions", "{\"last_cut\": 1}")
                .code())
        .as("asked by a program")
        .isEqualTo("PERSON_NEEDED");
    assertThat(List.of(isAtHome(FIRST), isAtSibling(FIRST))).containsOnly(true);
  }

  @Test
  @Order(2)
  void afterIt_oneOfficerIsNotEnough_andTwoAre() throws Exception {
    clock.forward(RETENTION.plusHours(1));
    assertThat(sibling.asks("{\"last_cut\": 1, \"received\": true}").code())
        .as("before the cloud that made it lets it go")
        .isEqualTo("CUT_NOT_RELEASED");
    String operation = home.asked("{\"last_cut\": 1}");
    assertThat(home.operator().signs(operation).status()).isEqualTo(200);
    assertThat(home.operator().signs(operation).code()).isEqualTo("APPROVAL_OWN");
    assertThat(home.status(operation)).isEqualTo("waiting_approval");
    assertThat(isAtHome(FIRST)).isTrue();
    assertThat(home.administrator().signs(operation).status()).isEqualTo(200);
    awaitSucceeded(home, operation);
  }

  @Test
  @Order(3)
  void twoOfficersOfHome_deleteTheOwnCopyAlone() {
    assertThat(isAtHome(FIRST)).isFalse();
    assertThat(isAtHome(SECOND)).isTrue();
    assertThat(isAtSibling(FIRST)).as("the sibling's own people decide about its copy").isTrue();
    assertThat(home.commandLine().send("GET", "/v1/replication/cuts/1", null).status())
        .isEqualTo(404);
  }

  @Test
  @Order(4)
  void twoOfficersOfTheSibling_deleteItsCopy_andTheReplicaStaysSound() throws Exception {
    String operation = sibling.asked("{\"last_cut\": 1, \"received\": true}");
    assertThat(sibling.administrator().signs(operation).status()).isEqualTo(200);
    assertThat(isAtSibling(FIRST)).isTrue();
    assertThat(sibling.operator().signs(operation).status()).isEqualTo(200);
    awaitSucceeded(sibling, operation);
    assertThat(isAtSibling(FIRST)).isFalse();
    assertThat(isAtSibling(SECOND)).isTrue();
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(clouds.verify(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN).findings())
                    .isEmpty());
  }
}
