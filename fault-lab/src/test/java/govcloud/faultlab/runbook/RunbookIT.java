package govcloud.faultlab.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.faultlab.sandbox.Signals;
import govcloud.localcassandra.LocalCassandra;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** So long nodes need to see what was typed beside them. */
  private static final long SEEN_MILLIS = 5_000;

  private Path folder;

  private Path home() {
    return folder.resolve("home");
  }

  private Path sibling() {
    return home().resolve("sibling");
  }

  private String govcloud(String... words) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of(ROOT.resolve("govcloud").toString()));
    line.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(folder.resolve("errors.txt").toFile());
    builder.environment().put("GOVCLOUD_NO_BUILD", "1");
    builder.environment().put("GOVCLOUD_HOME", home().toString());
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(folder.resolve("errors.txt"))).isZero();
    return out;
  }

  @BeforeAll
  void up(@TempDir Path temporary) throws Exception {
    assumeTrue(
        Files.exists(ROOT.resolve("recovery-tool/target/govcloud-recover.jar")),
        "the programs are not packaged");
    folder = temporary;
    govcloud("up", "--nodes=1", "--port=0");
  }

  @AfterAll
  void down() throws Exception {
    if (folder != null) {
      processes().forEach(Signals::resume);
      govcloud("down");
    }
  }

  /** Its supervisor, its Cassandra and its nodes. */
  private List<Long> processes() throws IOException {
    JsonNode cloud = new ObjectMapper().readTree(home().resolve("cloud.json").toFile());
    List<Long> all = new ArrayList<>();
    all.add(cloud.path("supervisor_pid").asLong());
    all.add(cloud.path("cassandra").path("pid").asLong());
    cloud.path("nodes").forEach(node -> all.add(node.path("pid").asLong()));
    return all;
  }

  private Typing typing(Runbook runbook) {
    return new Typing(
        runbook, ROOT, folder, Map.of("", home(), "sibling", sibling(), "old", home()));
  }

  private static void assertSaid(Runbook runbook, Map<String, String> places) {
    assertThat(places).containsOnlyKeys(runbook.places());
  }

  @Test
  @Order(1)
  void drill_goesAsItStands() throws Exception {
    Runbook runbook = Runbook.read(ROOT.resolve("docs/runbook-drill.md"));
    Typing typing = typing(runbook);
    Map<String, String> places = new HashMap<>();
    places.put("CLOUD", "extranet");
    places.put("ARCHIVE", sibling().resolve("received").toString());
    places.put("SHARES", home().resolve("recovery-shares").toString());
    places.put("DRILL_KEY", home().resolve("drill.key").toString());
    places.put("DRILL_GRANTS", home().resolve("keys/drill").toString());
    places.put("DRILLS", home().resolve("drills").toString());
    places.put("DRILL", "none-yet");
    assertSaid(runbook, places);
    List<String> drifts = new ArrayList<>();
    for (int section = 1; section <= 4; section++) {
      if (section == 4) {
        places.put("DRILL", newest(home().resolve("drills")));
      }
      drifts.addAll(typing.section(section, places));
    }
    assertThat(drifts).isEmpty();
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
    Runbook runbook = Runbook.read(ROOT.resolve("docs/runbook-site-loss.md"));
    Typing typing = typing(runbook);
    List<String> drifts = new ArrayList<>();
    try (LocalCassandra cassandra =
        LocalCassandra.start(LocalCassandra.Settings.in(folder.resolve("new-cassandra")))) {
      Map<String, String> places = places(cassandra);
      assertSaid(runbook, places);
      drifts.addAll(typing.section(1, places));
      Thread.sleep(SEEN_MILLIS);
      // The sibling takes nothing in any more, so this is what the old site has alone.
      govcloud("tenant", "change-disaster-class", places.get("TENANT"), "daily");
      List<Long> lost = processes();
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
    places.put("LOST", "extranet");
    places.put("SIBLING", "extranet-sibling");
    places.put("ARCHIVE", "https://" + addressOfSibling() + " --reader " + reader);
    places.put("CARDS", reader.toString());
    places.put("READER", reader.toString());
    places.put("SHARES", home().resolve("recovery-shares").toString());
    places.put("CASSANDRA", "127.0.0.1:" + cassandra.contactPoint().getPort());
    places.put("KEYSPACE", "govcloud_g2");
    places.put("DISK", folder.toString());
    places.put("LOST_AT", Instant.now().toString());
    places.put("REPORT", folder.resolve("report").toString());
    places.put("KEYS", folder.resolve("new-keys").toString());
    places.put("HOME_ARCHIVE", folder.resolve("new-archive").toString());
    places.put("CARD", folder.resolve("new-card").toString());
    JsonNode tenants = new ObjectMapper().readTree(govcloud("tenant", "list", "-o", "json"));
    places.put("TENANT", tenants.path("items").get(0).path("tenant").asText());
    return places;
  }

  private String addressOfSibling() throws IOException {
    Matcher address =
        Pattern.compile("sibling-addresses = \\[\"([^\"]+)\"")
            .matcher(Files.readString(home().resolve("nodes/node-1/node.conf")));
    assertThat(address.find()).isTrue();
    return address.group(1);
  }
}
