package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.journal.HybridClock;
import govcloud.localcassandra.LocalCassandra;
import govcloud.protobuf.journal.v1.Record;
import govcloud.recovery.LostCloud;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of one department, on a real Cassandra, as an operator types it. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CopyIT {
  private static final String TENANT = "bureau-2";

  private final LocalCassandra cassandra = LocalCassandra.shared();
  private LostCloud cloud;

  @BeforeAll
  void lose(@TempDir Path folder) throws Exception {
    cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 17);
  }

  private Run run(ExitCode expected, String command, String... more) {
    List<String> all = new ArrayList<>(List.of(command, "--archive", cloud.archive().toString()));
    all.addAll(List.of("--shares", cloud.shares().get(0).getParent().toString()));
    all.addAll(List.of(more));
    return Run.of(expected, all.toArray(new String[0]));
  }

  private Run target(ExitCode expected, String command, String keyspace, String... more) {
    InetSocketAddress node = cassandra.contactPoint();
    List<String> all = new ArrayList<>();
    all.addAll(List.of("--cassandra", node.getHostString() + ":" + node.getPort()));
    all.addAll(List.of("--keyspace", keyspace));
    all.addAll(List.of(more));
    return run(expected, command, all.toArray(new String[0]));
  }

  private List<Record> records(Predicate<Record> which) {
    return cloud.records().stream()
        .filter(record -> record.getTenant().equals(TENANT))
        .filter(which)
        .toList();
  }

  private long entities(Predicate<Record> which) {
    return records(which).stream().map(Record::getEntityId).distinct().count();
  }

  private CqlSession session() {
    return CqlSession.builder()
        .addContactPoint(cassandra.contactPoint())
        .withLocalDatacenter("datacenter1")
        .build();
  }

  private SortedSet<String> rows(String keyspace) {
    SortedSet<String> rows = new TreeSet<>();
    try (CqlSession session = session()) {
      for (String table : List.of("log", "chunk", "watermark")) {
        for (Row row : session.execute("SELECT * FROM " + keyspace + "." + table)) {
          rows.add(table + " " + row.getFormattedContents());
        }
      }
    }
    return rows;
  }

  private static long millis(Record record) {
    return HybridClock.millisOf(record.getHybridClock());
  }

  @Test
  void department_restoredAlone_isProvedAndNeverACloud() throws Exception {
    String keyspace = cassandra.newKeyspaceName("copy");
    JsonNode restored =
        target(ExitCode.OK, "restore", keyspace, "--tenant", TENANT, "-o", "json").json();
    assertThat(restored.path("records").asInt()).isEqualTo(records(all -> true).size());
    assertThat(restored.path("point").asText()).isEqualTo("latest of " + TENANT);
    SortedSet<String> rows = rows(keyspace);
    assertThat(rows).allMatch(row -> !row.contains("bureau-1") && !row.contains("bureau-3"));
    for (String command : List.of("restore", "prove")) {
      assertThat(target(ExitCode.CONFLICT, command, keyspace).err())
          .contains("RECOVERY_TARGET_OTHER");
    }
    assertThat(target(ExitCode.CONFLICT, "restore", keyspace, "--advance").err())
        .contains("RECOVERY_TARGET_OTHER");
    assertThat(target(ExitCode.OK, "restore", keyspace, "--tenant", TENANT).err())
        .contains("went on with an earlier run");
    assertThat(rows(keyspace)).isEqualTo(rows);
    Run proof = target(ExitCode.OK, "prove", keyspace, "--tenant", TENANT, "-o", "json");
    assertThat(proof.err()).contains("countersigned cut 2", "It is a copy of one department");
    JsonNode tenants = proof.json().path("tenants");
    assertThat(tenants.findValuesAsText("tenant")).containsExactly(TENANT);
    assertThat(tenants.get(0).path("records").asInt()).isEqualTo(records(all -> true).size());
    assertThat(tenants.get(0).path("entities").asLong()).isEqualTo(entities(all -> true));
    assertThat(tenants.get(0).path("records_in_cut").asInt()).isPositive();
    assertThat(target(ExitCode.OK, "prove", keyspace, "--tenant", TENANT).err())
        .as("proved again")
        .contains("Proved: ");
  }

  /** Ransomware at 10:31: what is wanted is 10:30, whatever cuts there are. */
  @Test
  void anyMoment_betweenCuts_isWhatTheDepartmentHadThen() throws Exception {
    List<Record> behind =
        records(
            record ->
                record.getHybridClock() > cloud.cuts().get(0).statement().getClosedClock()
                    && record.getHybridClock() < cloud.cuts().get(1).statement().getClosedClock());
    Record last = behind.get(behind.size() / 2);
    Predicate<Record> then = record -> millis(record) <= millis(last);
    String moment = Instant.ofEpochMilli(millis(last)).toString();
    String keyspace = cassandra.newKeyspaceName("moment");
    JsonNode proof =
        target(
                ExitCode.OK,
                "restore",
                keyspace,
                "--tenant",
                TENANT,
                "--as-of",
                moment,
                "--prove",
                "-o",
                "json")
            .json();
    assertThat(proof.path("cut").asInt()).isEqualTo(1);
    assertThat(proof.path("records").asInt()).isEqualTo(records(then).size());
    assertThat(proof.path("entities").asLong()).isEqualTo(entities(then));
    assertThat(proof.path("tenants").get(0).path("records_behind_cut").asInt()).isPositive();

    JsonNode diff = run(ExitCode.OK, "diff", TENANT, "--as-of", moment, "-o", "json").json();
    assertThat(diff.path("records").asInt()).isEqualTo(records(then.negate()).size());
    assertThat(diff.path("entities").asLong()).isEqualTo(entities(then.negate()));
    assertThat(diff.path("new_entities").asLong())
        .isEqualTo(entities(all -> true) - entities(then));
    assertThat(diff.path("changes").get(0).path("people")).isNotEmpty();
    assertThat(diff.path("changes").findValuesAsText("entity"))
        .allMatch(entity -> entity.contains(TENANT));
    String zh = diff.path("in_words").path("zh").asText();
    assertThat(zh).isNotEqualTo("无").doesNotContain("case.");
  }

  @Test
  void cut_ofOneDepartment_isThatCut() throws Exception {
    String keyspace = cassandra.newKeyspaceName("cut");
    String[] copy = {"--tenant", TENANT, "--cut", "1", "--prove", "-o", "json"};
    JsonNode tenant = target(ExitCode.OK, "restore", keyspace, copy).json().path("tenants").get(0);
    assertThat(tenant.path("records_behind_cut").asInt()).isZero();
    assertThat(tenant.path("records").asInt())
        .isEqualTo(
            records(
                    record ->
                        record.getHybridClock() <= cloud.cuts().get(0).statement().getClosedClock())
                .size());
    String before = Instant.ofEpochMilli(millis(cloud.records().get(0)) - 1).toString();
    assertThat(run(ExitCode.NOT_FOUND, "plan", "--as-of", before).err())
        .contains("RECOVERY_POINT_UNKNOWN", "one department alone can be had at any moment");
    String now = cloud.cuts().get(1).closedAt().toString();
    assertThat(run(ExitCode.OK, "plan", "--as-of", now, "-o", "json").json().path("cut").asInt())
        .isEqualTo(2);
  }

  @Test
  void whatMakesNoSense_isRefused() {
    String keyspace = cassandra.newKeyspaceName("senseless");
    assertThat(target(ExitCode.NOT_FOUND, "restore", keyspace, "--tenant", "nobody").err())
        .contains("RECOVERY_TENANT_UNKNOWN", "nobody: no record in latest of nobody");
    for (String more : List.of("--advance", "--open")) {
      assertThat(target(ExitCode.USAGE, "restore", keyspace, "--tenant", TENANT, more).err())
          .contains("--tenant: with --advance or --open");
    }
    assertThat(run(ExitCode.USAGE, "diff", TENANT).err()).contains("--as-of TIME or --cut N");
    assertThat(run(ExitCode.USAGE, "plan", "--cut", "1", "--as-of", "2026-03-02T00:00:00Z").err())
        .contains("--cut and --as-of: both");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROOF_CHUNK_MISSING DELETE FROM %s.chunk WHERE entity = 'tenant/bureau-2'",
        "PROOF_CHUNK_FOREIGN INSERT INTO %s.chunk (entity, to_sequence, from_sequence, encoding,"
            + " records) VALUES ('tenant/bureau-1', 1, 1, 0, 0x00)",
        "PROOF_WATERMARK_WRONG INSERT INTO %s.watermark (slice, log_offset) VALUES (0, 1)",
        "PROOF_LOG_ROW_FOREIGN INSERT INTO %s.log (slice, bucket, log_offset, incarnation, nonce,"
            + " encoding, content) VALUES (0, 0, 900, uuid(), 1, 0, 0x)",
        "PROOF_LOG_ROW_MISSING DELETE FROM %s.log WHERE slice = 0 AND bucket = 0",
        "PROOF_CHAIN_BROKEN DELETE FROM %s.log WHERE slice = 0 AND bucket = 0 AND log_offset = 0",
      })
  void copyThatIsOther_isFoundOut(String spoilt) {
    String defect = spoilt.substring(0, spoilt.indexOf(' '));
    String keyspace = cassandra.newKeyspaceName("spoilt");
    target(ExitCode.OK, "restore", keyspace, "--tenant", TENANT);
    try (CqlSession session = session()) {
      session.execute(spoilt.substring(defect.length() + 1).formatted(keyspace));
    }
    Run proof = target(ExitCode.FINDINGS, "prove", keyspace, "--tenant", TENANT);
    assertThat(proof.out()).contains(defect);
    assertThat(proof.err()).contains("No node starts on keyspace " + keyspace);
  }
}
