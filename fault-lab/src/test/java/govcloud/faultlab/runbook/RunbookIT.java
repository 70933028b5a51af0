package govcloud.faultlab.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.faultlab.sandbox.Signals;
import govcloud.localcassandra.LocalCassandra;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.KeyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/** What the runbooks say is typed, on a cloud and its sibling with demo data; in this order. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RunbookIT {
  /** So long nodes need to see what was typed beside them. */
  private static final long SEEN_MILLIS = 5_000;

  private Path folder;
  private RunbookCloud cloud;

  @BeforeAll
  void up(@TempDir Path temporary) throws Exception {
    assumeTrue(RunbookCloud.isPackaged(), "the programs are not packaged");
    folder = temporary;
    cloud = RunbookCloud.up(folder);
  }

  @AfterAll
  void down() throws Exception {
    if (cloud != null) {
      cloud.down();
    }
  }

  private static void assertSaid(Runbook runbook, Map<String, String> places) {
    assertThat(places).containsOnlyKeys(runbook.places());
  }

  @Test
  @Order(1)
  void drill_goesAsItStands() throws Exception {
    Runbook runbook = Runbook.read(RunbookCloud.ROOT.resolve("docs/runbook-drill.md"));
    Typing typing = cloud.typing(runbook, "old");
    Map<String, String> places = new HashMap<>();
    places.put("CLOUD", RunbookCloud.NAME);
    places.put("ARCHIVE", cloud.sibling().resolve("received").toString());
    places.put("SHARES", cloud.home().resolve("recovery-shares").toString());
    places.put("DRILL_KEY", cloud.home().resolve("drill.key").toString());
    places.put("DRILL_GRANTS", cloud.home().resolve("keys/drill").toString());
    places.put("DRILLS", cloud.home().resolve("drills").toString());
    places.put("DRILL", "none-yet");
    assertSaid(runbook, places);
    grantDrillKey(Path.of(places.get("DRILL_KEY")));
    List<String> drifts = new ArrayList<>();
    for (int section = 1; section <= 4; section++) {
      if (section == 4) {
        places.put("DRILL", newest(cloud.home().resolve("drills")));
      }
      drifts.addAll(typing.section(section, places));
    }
    assertThat(drifts).isEmpty();
  }

  /** What a node does when two officers have signed; nobody here has a passkey. */
  private void grantDrillKey(Path file) throws Exception {
    DrillHalf half = DrillHalf.make(file, RunbookCloud.NAME, new SecureRandom());
    KeyFolder keys = new KeyFolder(cloud.home().resolve("keys"));
    new DrillGrants(keys).grant(half, keys.signing());
  }

  private static String newest(Path drills) throws IOException {
    try (Stream<Path> all = Files.list(drills)) {
      return all.map(one -> one.getFileName().toString())
          .filter(name -> name.startsWith("drill-"))
          .max(String::compareTo)
          .orElseThrow();
    }
  }

  @Test
  @Order(2)
  void siteLoss_goesAsItStands_overHttpsFromTheSiblingsNodes() throws Exception {
    Runbook runbook = Runbook.read(RunbookCloud.ROOT.resolve("docs/runbook-site-loss.md"));
    Typing typing = cloud.typing(runbook, "old");
    List<String> drifts = new ArrayList<>();
    try (LocalCassandra cassandra =
        LocalCassandra.start(LocalCassandra.Settings.in(folder.resolve("new-cassandra")))) {
      Map<String, String> places = places(cassandra);
      assertSaid(runbook, places);
      drifts.addAll(typing.section(1, places));
      Thread.sleep(SEEN_MILLIS);
      // The sibling takes nothing in any more, so this is what the old site has alone.
      cloud.govcloud("tenant", "change-disaster-class", places.get("TENANT"), "daily");
      List<Long> lost = cloud.processes();
      lost.forEach(Signals::pause);
      for (int section = 2; section <= 4; section++) {
        drifts.addAll(typing.section(section, places));
      }
      lost.forEach(Signals::resume);
      drifts.addAll(typing.section(5, places));
    }
    assertThat(drifts).isEmpty();
  }

  private Map<String, String> places(LocalCassandra cassandra) throws Exception {
    Path reader = folder.resolve("reader");
    Map<String, String> places = new HashMap<>();
    places.put("LOST", RunbookCloud.NAME);
    places.put("SIBLING", "extranet-sibling");
    places.put("ARCHIVE", "https://" + cloud.addressOfSibling() + " --reader " + reader);
    places.put("CARDS", reader.toString());
    places.put("READER", reader.toString());
    places.put("SHARES", cloud.home().resolve("recovery-shares").toString());
    places.put("CASSANDRA", "127.0.0.1:" + cassandra.contactPoint().getPort());
    places.put("KEYSPACE", "govcloud_g2");
    places.put("DISK", folder.toString());
    places.put("LOST_AT", Instant.now().toString());
    places.put("REPORT", folder.resolve("report").toString());
    places.put("KEYS", folder.resolve("new-keys").toString());
    places.put("HOME_ARCHIVE", folder.resolve("new-archive").toString());
    places.put("APPROVED", "--emergency=rehearsal --approved-by=zhang --approved-by=li");
    places.put("CARD", folder.resolve("new-card").toString());
    // What is in such a copy is SalvageCommandTest's; the tool is brought into any folder.
    places.put("SAVED", Files.createDirectory(folder.resolve("saved")).toString());
    places.put("ADDRESS", "https://gov.harbour.example");
    JsonNode tenants = new ObjectMapper().readTree(cloud.govcloud("tenant", "list", "-o", "json"));
    places.put("TENANT", tenants.path("items").get(0).path("tenant").asText());
    return places;
  }
}
