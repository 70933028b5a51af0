package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.protobuf.journal.CommitCodecs;
import govcloud.protobuf.journal.v1.Record;
import govcloud.recovery.LostCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
  @TempDir private Path folder;
  private LostCloud cloud;

  @BeforeEach
  void lose() throws Exception {
    cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 13);
  }

  private Run plan(ExitCode expected, String... more) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("plan", "--archive", cloud.archive().toString(), "--shares"));
    all.add(cloud.shares().get(0).getParent().toString());
    all.addAll(List.of(more));
    return Run.of(expected, all.toArray(new String[0]));
  }

  /** Events behind a cut, counted from what was put in. */
  private SortedMap<String, Long> behind(int cut, String tenant) {
    SortedMap<String, Long> events = new TreeMap<>();
    for (Record record : cloud.records()) {
      long at = cloud.sequencesAtCut(cut).getOrDefault(record.getEntityId(), 0L);
      if (record.getTenant().equals(tenant) && record.getSequence() > at) {
        CommitCodecs.byManifest(record.getManifest())
            .decode(record.getPayload().toByteArray())
            .events()
            .forEach(
                event ->
                    events.merge(
                        record.getEntityType() + "." + event.getClass().getSimpleName(),
                        1L,
                        Long::sum));
      }
    }
    return events;
  }

  private void assertLoss(JsonNode plan, int cut) {
    assertThat(plan.path("cut").asInt()).isEqualTo(cut);
    assertThat(plan.path("tenants")).hasSize(cloud.tenants().size());
    for (JsonNode tenant : plan.path("tenants")) {
      SortedMap<String, Long> found = new TreeMap<>();
      tenant.path("events").properties().forEach(e -> found.put(e.getKey(), e.getValue().asLong()));
      String name = tenant.path("tenant").asText();
      assertThat(found).as(name).isEqualTo(behind(cut, name.equals("(cloud)") ? "" : name));
    }
  }

  @Test
  void plan_ofOneDepartment_countsWhatACopyWouldTake() throws Exception {
    for (int cut = 1; cut <= 2; cut++) {
      JsonNode plan =
          plan(ExitCode.OK, "--tenant", "bureau-1", "--cut", "" + cut, "-o", "json").json();
      SortedMap<String, Long> sequences = new TreeMap<>(cloud.sequencesAtCut(cut));
      sequences.keySet().removeIf(id -> !id.contains("/bureau-1"));
      assertThat(plan.path("entities").asInt()).isEqualTo(sequences.size());
      assertThat(plan.path("records").asLong())
          .isEqualTo(sequences.values().stream().mapToLong(n -> n).sum());
      assertThat(plan.path("records_behind_cut").asLong()).isZero();
    }
    JsonNode latest = plan(ExitCode.OK, "--tenant", "bureau-1", "-o", "json").json();
    assertThat(latest.path("records_behind_cut").asLong()).isPositive();
    assertThat(latest.at("/capacity/needed_bytes").asLong())
        .isEqualTo(3 * latest.path("bytes").asLong());
    assertThat(plan(ExitCode.NOT_FOUND, "--tenant", "nobody").err())
        .contains("RECOVERY_TENANT_UNKNOWN");
  }

  @Test
  void plan_countsExactlyWhatWouldBeLost_behindTheLastOrAnyCut() throws Exception {
    JsonNode last = plan(ExitCode.OK, "-o", "json").json();
    assertThat(last.path("records").asInt()).isEqualTo(cloud.records().size());
    assertThat(last.path("entities").asInt()).isEqualTo(cloud.entities().size());
    assertThat(last.path("events_behind_cut").asInt()).isPositive();
    assertLoss(last, 2);
    JsonNode first = plan(ExitCode.OK, "--cut", "1", "-o", "json").json();
    assertLoss(first, 1);
    for (JsonNode tenant : first.path("tenants")) {
      long opened = tenant.path("events").path("case.Created").asLong();
      assertThat(tenant.path("in_words").path("zh").asText().contains("新建案件 " + opened + " 件"))
          .as(tenant.toString())
          .isEqualTo(opened > 0);
    }
  }

  @Test
  void plan_saysOrderTimeRoomAndWhoApproves() throws Exception {
    Run run = plan(ExitCode.OK, "--disk", folder.toString(), "--rate", "1", "--threads", "1");
    assertThat(run.out()).contains("ORDER").contains("(cloud)").contains("bureau-3");
    assertThat(run.err())
        .contains("Restored to cut 2")
        .containsPattern("\n {2}bureau-3: [0-9,]+ [a-z ]+, [0-9,]+ [a-z ]+")
        .contains("with 80 % certainty")
        .contains("(measured)")
        .contains("enough")
        .contains("Has to approve: 3 holders of shares")
        .contains("two different officers");
    JsonNode eta = plan(ExitCode.OK, "--rate", "1", "-o", "json").json().path("estimate");
    assertThat(eta.path("seconds").asInt()).isEqualTo(cloud.records().size());
    assertThat(eta.path("seconds_low").asInt()).isLessThan(eta.path("seconds").asInt());
    assertThat(eta.path("seconds_high").asInt()).isGreaterThan(eta.path("seconds").asInt());
  }

  @Test
  void plan_ofDamagedOrUnknown_saysWhat() throws Exception {
    assertThat(plan(ExitCode.NOT_FOUND, "--cut", "9").err())
        .contains("RECOVERY_POINT_UNKNOWN")
        .contains("cut: 9 (expected: one of 1 to 2)");
    Files.delete(cloud.archive().resolve("segments/00000/%019d.gseg".formatted(1)));
    assertThat(plan(ExitCode.FINDINGS).err())
        .contains("RECOVERY_ARCHIVE_DAMAGED")
        .contains("segments/00000/0000000000000000001.gseg: missing");
  }
}
