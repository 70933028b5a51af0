package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.cli.command.Installation;
import govcloud.recovery.LostCloud;
import govcloud.recovery.drill.DrillWork;
import govcloud.recovery.report.ReportFiles;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.keys.DrillCard;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drills of a lost cloud with a Cassandra and a node of their own. */
@Tag("slow")
class DrillCommandIT {
  @TempDir private Path folder;
  private LostCloud cloud;
  private DrillGrants grants;
  private Path secret;
  private Path drills;

  @BeforeEach
  void lose() throws Exception {
    cloud = LostCloud.make(folder.resolve("cloud"), LostCloud.Size.SMALL, 17);
    grants = new DrillGrants(cloud.keys());
    secret = folder.resolve("drill.key");
    grants.grant(DrillHalf.make(secret, "harbour", new SecureRandom()), cloud.keys().signing());
    drills = folder.resolve("drills");
  }

  private Run drill(ExitCode expected, String... more) {
    List<String> all = new ArrayList<>(List.of("drill", "run"));
    all.addAll(List.of("--archive", cloud.archive().toString()));
    all.addAll(List.of("--drill-key", secret.toString()));
    all.addAll(List.of("--drill-grants", grants.folder().toString()));
    all.addAll(List.of("--drills", drills.toString(), "-o", "json"));
    all.addAll(List.of("--asked-by", "zhang", "--approved-by", "li"));
    all.addAll(List.of(more));
    return Run.of(expected, all.toArray(new String[0]));
  }

  /** Every file of the archive with the time at which it was written. */
  private SortedMap<String, String> archive() throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(cloud.archive())) {
      for (Path file : all.toList()) {
        files.put(file.toString(), Files.getLastModifiedTime(file) + " " + Files.size(file));
      }
    }
    return files;
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(drills.resolve("work")).doesNotExist();
    assertThat(DrillWork.isTaken(drills)).isFalse();
  }

  @Test
  void goodArchive_drilled_isProvedUsableAndLeavesAReportAlone() throws Exception {
    assumeTrue(
        Files.isDirectory(Installation.root().resolve("node/target/lib")),
        "the node is not packaged");
    SortedMap<String, String> before = archive();
    JsonNode report = drill(ExitCode.OK).json();
    assertThat(report.path("outcome").asText()).isEqualTo("good");
    assertThat(report.path("opened_with").asText()).isEqualTo("drill key");
    assertThat(report.path("proof").path("records").asInt()).isEqualTo(cloud.records().size());
    assertThat(report.path("measured").path("recovery_time_seconds").asDouble()).isPositive();
    assertThat(report.path("measured").path("recovery_point_age_seconds").asDouble()).isPositive();
    assertThat(report.path("tenants")).hasSize(cloud.tenants().size());
    assertThat(report.path("smoke").findValuesAsText("step"))
        .contains("lists show everything", "read the department", "list its apps");
    assertThat(report.path("smoke").findValuesAsText("passed")).containsOnly("true");
    assertThat(archive()).isEqualTo(before);
    assertNothingIsLeft();
    Path kept = drills.resolve(report.path("drill").asText());
    DrillCard card = DrillCard.read(kept);
    assertThat(card.isVouchedFor(cloud.keys().card().signingKeys())).isTrue();
    assertThat(new ReportFiles(kept).isSigned(card)).contains(true);
    assertThat(Files.readString(kept.resolve("report.html"))).contains("zhang", "li");
    assertReportIsChecked(kept);
  }

  /** As that of a recovery is, by whoever has the card of the cloud alone. */
  private void assertReportIsChecked(Path kept) throws Exception {
    String cards = cloud.cards().toString();
    Run right = Run.of(ExitCode.OK, "report", kept.toString(), "--cards", cards, "--json");
    assertThat(right.json().path("signature").asText()).isEqualTo("right");
    Path json = kept.resolve("report.json");
    String good = Files.readString(json);
    Files.writeString(json, good.replace("zhang", "wang"));
    assertThat(Run.of(ExitCode.FINDINGS, "report", kept.toString(), "--cards", cards).out())
        .contains("wrong");
    Files.writeString(json, good);
  }

  @Test
  void damagedArchive_drilled_isFoundOut() throws Exception {
    Path segment = cloud.archive().resolve(ArchiveName.segment(1, 2).text());
    byte[] bytes = Files.readAllBytes(segment);
    bytes[bytes.length - 30] ^= 1;
    Files.write(segment, bytes);
    JsonNode report = drill(ExitCode.FINDINGS).json();
    assertThat(report.path("outcome").asText()).isEqualTo("failed");
    assertThat(report.path("failure").asText())
        .startsWith("RECOVERY_ARCHIVE_DAMAGED")
        .contains(ArchiveName.segment(1, 2).text());
    assertThat(report.path("cleaned_up").asBoolean()).isTrue();
    assertNothingIsLeft();
  }

  @Test
  void sample_drilled_isProvedWithoutNode() throws Exception {
    JsonNode report = drill(ExitCode.OK, "--sample", "1").json();
    assertThat(report.path("scope").asText()).isEqualTo("sample");
    assertThat(report.path("slices")).hasSize(1);
    assertThat(report.path("proof").path("proved").asBoolean()).isTrue();
    assertThat(report.path("smoke")).isEmpty();
    assertThat(report.path("measured").has("recovery_time_seconds")).isFalse();
    assertNothingIsLeft();
  }

  /** A department to train on: served, known as a copy, and nothing of it is left. */
  @Test
  void clone_servesOneDepartmentAsACopy_untilNobodyWantsIt() throws Exception {
    assumeTrue(
        Files.isDirectory(Installation.root().resolve("node/target/lib")),
        "the node is not packaged");
    SortedMap<String, String> before = archive();
    try (ClonedDepartment clone =
        ClonedDepartment.start(
            "clone",
            "bureau-2",
            "--archive",
            cloud.archive().toString(),
            "--drill-key",
            secret.toString(),
            "--drill-grants",
            grants.folder().toString(),
            "--folder",
            drills.toString(),
            "-o",
            "json")) {
      JsonNode said = clone.said();
      assertThat(said.path("point").asText()).isEqualTo("latest of bureau-2");
      assertThat(said.path("proved").asBoolean()).isTrue();
      clone.isMarked("bureau-2");
      clone.refuses("bureau-1", "TENANT_NOT_IN_COPY");
      clone.refuses("nobody", "TENANT_NOT_IN_COPY");
      assertThat(clone.end()).isEqualTo(ExitCode.OK.number());
    }
    assertThat(archive()).isEqualTo(before);
    assertNothingIsLeft();
  }
}
