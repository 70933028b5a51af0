package govcloud.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.node.http.Client;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.keys.CloudCard;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.keys.SiteAddress;
import govcloud.replication.statement.SiteEnd;
import govcloud.replication.statement.StatementKind;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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
 * A site is lost, its cloud is recovered elsewhere, and then the site wakes up with its old disks.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SiteReturnIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static final String NEW_SITE = "https://gov.harbour.example";

  private TwoClouds clouds;
  private Client harbour;
  private Path folder;

  @BeforeAll
  void loseTheSite(@TempDir Path temporary) throws Exception {
    folder = temporary;
    clouds = new TwoClouds(folder, "");
    harbour = clouds.startHarbour().client();
    clouds.startMountain();
    TwoClouds.register(harbour, "kept");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
                    .contains("tenant/kept"));
    clouds.stopMountain();
    TwoClouds.register(harbour, "left-before");
    clouds.stopHarbour();
    giveUp();
  }

  @AfterAll
  void stop() {
    if (clouds != null) {
      clouds.close();
    }
  }

  /** What `recover failover` and `keys trust` do. */
  private void giveUp() throws Exception {
    KeyFolder old = clouds.keys(TwoClouds.HARBOUR);
    CloudCard card = clouds.keys(TwoClouds.MOUNTAIN).sibling(TwoClouds.HARBOUR);
    ArchiveStore received = FileSystemArchiveStore.open(clouds.received(TwoClouds.MOUNTAIN));
    TreeMap<Integer, Long> last = new TreeMap<>();
    for (ArchiveName name : received.list(StatementKind.SEGMENT)) {
      last.merge(name.slice(), name.number(), Math::max);
    }
    KeyFolder fresh = new KeyFolder(folder.resolve("new-site"));
    try (Stream<Path> shares = Files.list(clouds.shares(TwoClouds.HARBOUR));
        RecoverySecrets secrets =
            RecoverySecrets.join(card.recovery(), shares.sorted().limit(2).toList())) {
      fresh.recover(card, secrets, old.grants(), new SiteEnd(last, 1, 0), new SecureRandom());
    }
    KeyFolder sibling = clouds.keys(TwoClouds.MOUNTAIN);
    sibling.trust(CloudCard.parse(fresh.card().toFile()));
    SiteAddress.of(sibling, TwoClouds.HARBOUR).keep(NEW_SITE);
  }

  private static Client.Answer register(Client client, String tenant) {
    String body =
        """
        {"name":{"zh":"市港务局","en":"Harbour Office"},"credit_code":"11999999MB1234567M",
         "division_code":"999999","disaster_class":"continuous","plan":"standard",
         "contacts":[{"name":"张三","role":"technical"}]}\
        """;
    return client.send("PUT", "/v1/tenants/" + tenant, body);
  }

  private Client.Answer get(String path) {
    return harbour.send("GET", path, null);
  }

  private static void assertFenced(Client.Answer answer) {
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("SITE_FENCED");
    assertThat(answer.json().path("type").asText()).isEqualTo("/problems/site-fenced");
  }

  /** As officers said it at the sibling. */
  private static void assertTold(Client.Answer answer) {
    assertFenced(answer);
    assertThat(answer.json().path("address").asText()).isEqualTo(NEW_SITE);
    assertThat(answer.header("Link")).contains("<" + NEW_SITE + ">");
  }

  /** It cannot know; what it accepts is found later. */
  @Test
  @Order(1)
  void oldSite_wakesUpWithoutASibling_works() throws Exception {
    harbour = clouds.startHarbour().client();
    assertThat(register(harbour, "left-after").status()).isEqualTo(201);
  }

  @Test
  @Order(2)
  void sibling_comesBack_tellsTheOldSiteWhichChangesNothingMore() throws Exception {
    clouds.startMountain();
    AtomicInteger tries = new AtomicInteger();
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertFenced(register(harbour, "try-" + tries.incrementAndGet())));
    assertFenced(register(harbour, "too-late"));
    await().atMost(SOON).untilAsserted(() -> assertTold(register(harbour, "too-late")));
    assertThat(get("/v1/tenants/left-after").status()).isEqualTo(200);
    assertThat(get("/v1/tenants/too-late").status()).isEqualTo(404);
  }

  @Test
  @Order(3)
  void oldSite_showsItAndListsItsOrphans() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode status = get("/v1/replication").json();
              assertThat(status.path("state").asText()).isEqualTo("fenced");
              assertThat(status.path("given_up").path("current_site_epoch").asInt()).isEqualTo(2);
              assertThat(status.path("given_up").path("orphans").asLong()).isPositive();
            });
    List<JsonNode> orphans = items(get("/v1/replication/orphans?page_size=200"));
    assertThat(orphans)
        .extracting(orphan -> orphan.path("entity").asText())
        .contains("tenant/left-before", "tenant/left-after")
        .doesNotContain("tenant/kept", "tenant/too-late");
    JsonNode left = items(get("/v1/replication/orphans?tenant=left-after")).get(0);
    assertThat(left.path("sequence").asInt()).isEqualTo(1);
    assertThat(left.path("person").asText()).isNotEmpty();
    assertThat(left.path("at").asText()).startsWith("20");
    assertThat(left.path("events").get(0).path("type").asText())
        .isEqualTo("govcloud.tenant.registered.v1");
    assertThat(left.path("events").get(0).path("data").path("division").asText())
        .isEqualTo("999999");
    assertThat(paged()).as("page by page").isEqualTo(orphans);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(items(get("/v1/attention")))
                    .extracting(item -> item.path("code").asText())
                    .contains("SITE_FENCED"));
  }

  private static List<JsonNode> items(Client.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return StreamSupport.stream(answer.json().path("items").spliterator(), false).toList();
  }

  private List<JsonNode> paged() {
    List<JsonNode> all = new java.util.ArrayList<>();
    String token = "";
    do {
      Client.Answer page = get("/v1/replication/orphans?page_size=1" + token);
      all.addAll(items(page));
      token = "&page_token=" + page.json().path("next_page_token").asText();
    } while (!token.endsWith("="));
    return all;
  }

  @Test
  @Order(4)
  void sibling_hasNothingThatTheOldSiteAcceptedSince() throws Exception {
    assertThat(clouds.entities(TwoClouds.HARBOUR, TwoClouds.MOUNTAIN))
        .contains("tenant/kept")
        .doesNotContain("tenant/left-before", "tenant/left-after");
  }

  @Test
  @Order(5)
  void oldSite_restartedWhileTheSiblingIsAway_knowsItFromTheBeginning() throws Exception {
    clouds.stopMountain();
    clouds.stopHarbour();
    harbour = clouds.startHarbour().client();
    assertFenced(register(harbour, "too-late"));
    assertThat(get("/v1/replication").json().path("state").asText()).isEqualTo("fenced");
  }
}
