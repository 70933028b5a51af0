package govcloud.faultlab.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import govcloud.localcassandra.CassandraRole;
import java.nio.file.Files;
import java.nio.file.Path;
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

/**
 * The whole of it, with the programs that people run: a cloud and its sibling, demo data, clerks at
 * work, the site destroyed, recovery with three shares, proof, clerks at work again; and then the
 * rebuilt cloud is moved once more, as the runbook says it. In this order.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class DisasterIT {
  /** Of the real log; what it adds takes seconds. */
  private static final int TRACES = 60;

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

  @Test
  @Order(1)
  void siteDestroyed_cloudIsRebuiltFromItsSibling_provedAndServing() throws Exception {
    // What rebuilds the cloud afterwards lies in its sibling's archive.
    try (Stream<Path> bundle = Files.list(cloud.sibling().resolve("received/bundle"))) {
      assertThat(bundle.map(one -> one.resolve("recover")))
          .singleElement()
          .matches(Files::isExecutable);
    }
    boolean withLog = Files.exists(ImportedLog.real());
    ImportedLog log = withLog ? ImportedLog.importInto(cloud, TRACES) : null;
    Map<String, List<String>> imported = withLog ? log.export("before") : Map.of();
    JsonNode told;
    try (PageVisitor visitor = PageVisitor.of(cloud.errors())) {
      told = cloud.json("disaster", "--yes", "--seconds=4");
      assertPageWasThere(visitor.seen());
    }
    assertReportIsRight(Path.of(told.path("report").asText()));
    int before = told.path("acknowledged_before").asInt();
    assertThat(before).isPositive();
    // What is lost is what had not reached the sibling yet, and no more.
    assertThat(told.path("lost").asInt()).isLessThan(before);
    assertThat(told.path("acknowledged_after").asInt()).isPositive();
    assertDepartmentsCameBack(told);
    if (withLog) {
      log.assertSame(imported, log.export("after"));
    }
    // The old site's key and the one for which the officers vouched.
    assertThat(cloud.json("keys", "list").findValuesAsText("kind"))
        .filteredOn("signing"::equals)
        .hasSize(2);
    assertThat(cloud.json("replication", "status").path("sibling").asText())
        .isEqualTo("extranet-sibling");
  }

  private static void assertDepartmentsCameBack(JsonNode told) {
    double first = told.path("first_department_seconds").asDouble();
    assertThat(first).isPositive();
    double last = told.path("last_department_seconds").asDouble();
    assertThat(last).isGreaterThanOrEqualTo(first);
    assertThat(told.path("departments").size()).isGreaterThan(1);
    assertThat(told.path("departments").path(told.path("last_department").asText()).asDouble())
        .isEqualTo(last);
    assertThat(told.path("recovery_time_seconds").asDouble()).isGreaterThanOrEqualTo(last);
    assertThat(told.path("proof").path("proved").asBoolean()).isTrue();
  }

  private static void assertPageWasThere(List<String> seen) {
    assertThat(seen).hasSizeGreaterThan(1).allMatch(answer -> answer.startsWith("200 "));
    assertThat(seen.get(0)).contains("<!doctype html>", RunbookCloud.NAME);
    assertThat(seen.get(seen.size() - 1)).contains("<h2>Phases</h2>", "<h2>Departments</h2>");
  }

  private void assertReportIsRight(Path report) throws Exception {
    assertThat(Files.readString(cloud.errors())).contains(report.resolve("report.html").toString());
    String cards = "--cards=" + cloud.sibling().resolve("received/cards");
    JsonNode found =
        new ObjectMapper()
            .readTree(cloud.run("recover", "report", report.toString(), cards, "--output=json"));
    assertThat(found.path("signature").asText()).isEqualTo("right");
    assertThat(found.path("proof").path("proved").asBoolean()).isTrue();
    assertThat(found.path("approved_by")).hasSize(2);
    assertThat(report.resolve("report.html")).content().contains(RunbookCloud.NAME);
  }

  @Test
  @Order(2)
  void rebuiltCloud_movedOnceMore_asTheRunbookSays_losesNothing() throws Exception {
    Runbook runbook = Runbook.read(RunbookCloud.ROOT.resolve("docs/runbook-switch-over.md"));
    Typing typing = cloud.typing(runbook, "old");
    Map<String, String> places = places();
    assertThat(places).containsOnlyKeys(runbook.places());
    List<String> drifts = new ArrayList<>();
    for (int section = 1; section <= 3; section++) {
      drifts.addAll(typing.section(section, places));
    }
    assertThat(drifts).isEmpty();
  }

  private Map<String, String> places() throws Exception {
    Map<String, String> places = new HashMap<>();
    places.put("CLOUD", RunbookCloud.NAME);
    places.put("ARCHIVE", cloud.sibling().resolve("received").toString());
    places.put("SHARES", cloud.home().resolve("recovery-shares").toString());
    places.put("CASSANDRA", cassandra());
    places.put("KEYSPACE", "govcloud_g3");
    places.put("REPORT", folder.resolve("report").toString());
    places.put("KEYS", folder.resolve("new-keys").toString());
    places.put("HOME_ARCHIVE", folder.resolve("new-archive").toString());
    places.put("CARD", folder.resolve("new-card").toString());
    places.put("ADDRESS", "https://gov.harbour.example");
    places.put("APPROVED", "--emergency=rehearsal --approved-by=zhang --approved-by=li");
    return places;
  }

  /** That of the cloud, as the recovery tool may use it: a new site needs no new machines. */
  private String cassandra() throws Exception {
    JsonNode known = new ObjectMapper().readTree(cloud.home().resolve("cloud.json").toFile());
    StringBuilder options = new StringBuilder("127.0.0.1:");
    options.append(known.path("cassandra").path("port").asInt());
    CassandraRole.RECOVERY
        .login(cloud.home().resolve("cassandra"))
        .forEach((name, value) -> options.append(" --").append(name).append(' ').append(value));
    return options.toString();
  }
}
