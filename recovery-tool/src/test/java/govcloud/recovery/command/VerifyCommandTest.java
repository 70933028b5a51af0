package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import govcloud.cli.ExitCode;
import govcloud.recovery.LostCloud;
import govcloud.recovery.ServedReplica;
import govcloud.replication.reading.ReadingServer.Trouble;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class VerifyCommandTest {
  @TempDir private Path folder;
  private LostCloud cloud;

  @BeforeEach
  void lose() throws Exception {
    cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 7);
  }

  private Run verify(ExitCode expected, String... more) {
    String[] all =
        Stream.concat(Stream.of("verify", "--archive", cloud.archive().toString()), Stream.of(more))
            .toArray(String[]::new);
    return Run.of(expected, all);
  }

  private Path segment(int slice, long number) {
    return cloud.archive().resolve("segments/%05d/%019d.gseg".formatted(slice, number));
  }

  /** A segment behind the first cut with records, which is not the last of its slice. */
  private long someNumber(int slice) {
    long number = cloud.cuts().get(0).statement().getSlice(slice).getSegment() + 1;
    assertThat(segment(slice, number + 1)).exists();
    return number;
  }

  @Test
  void soundReplica_isSound_andFingerprintsAreShown() throws Exception {
    Run run = verify(ExitCode.OK, "-o", "json");
    JsonNode json = run.json();
    assertThat(json.path("sound").asBoolean()).isTrue();
    assertThat(json.path("records").asInt()).isEqualTo(cloud.records().size());
    assertThat(json.path("can_be_saved").path("everything").asBoolean()).isTrue();
    assertThat(run.err())
        .contains(cloud.keys().card().fingerprint())
        .contains(cloud.siblingKeys().card().fingerprint())
        .contains("Compare fingerprints");
    assertThat(verify(ExitCode.OK).err()).contains("Everything is there, and as it was signed.");
  }

  @Test
  void damagedByte_isLocated_andTheRestIsSaved() throws Exception {
    long number = someNumber(1);
    byte[] file = Files.readAllBytes(segment(1, number));
    file[file.length - 1] ^= 1;
    Files.write(segment(1, number), file);
    Run run = verify(ExitCode.FINDINGS, "-o", "json");
    JsonNode finding = run.json().path("findings").get(0);
    assertThat(finding.path("defect").asText()).isEqualTo("REPLICA_CHUNK_DAMAGED");
    assertThat(finding.path("slice").asInt()).isEqualTo(1);
    assertThat(finding.path("to").asLong()).isEqualTo(file.length);
    JsonNode saved = run.json().path("can_be_saved");
    assertThat(saved.path("everything").asBoolean()).isFalse();
    assertThat(saved.path("whole_cut").asLong()).isEqualTo(1);
    JsonNode slice = saved.path("slices").get(1);
    assertThat(slice.path("up_to_segment").asLong()).isEqualTo(number - 1);
    assertThat(slice.path("last_segment").asLong()).isGreaterThan(number);
    assertThat(saved.path("slices").get(0).path("up_to_segment"))
        .isEqualTo(saved.path("slices").get(0).path("last_segment"));
    long damaged = 0;
    for (JsonNode tenant : saved.path("touched_tenants")) {
      damaged += tenant.path("records_damaged").asLong();
    }
    assertThat(damaged).isPositive();
    assertThat(saved.path("unreadable")).isEmpty();
    assertThat(verify(ExitCode.FINDINGS).err())
        .contains("restore --cut 1")
        .contains("Slice 1: right up to segment " + (number - 1));
  }

  @Test
  void segmentOfANewerFormat_isNamed_andNotTakenForDamage() throws Exception {
    long number = someNumber(1);
    byte[] file = Files.readAllBytes(segment(1, number));
    file[4]++;
    Files.write(segment(1, number), file);
    JsonNode found = verify(ExitCode.FINDINGS, "--json").json();
    assertThat(found.path("findings").get(0).path("defect").asText())
        .isEqualTo("REPLICA_VERSION_UNKNOWN");
    assertThat(found.path("can_be_saved").path("whole_cut").asLong()).isEqualTo(1);
  }

  @Test
  void json_isTheSameAsOutputJson_forErrorsToo() throws Exception {
    assertThat(verify(ExitCode.OK, "--json").json())
        .isEqualTo(verify(ExitCode.OK, "-o", "json").json());
    String nowhere = folder.resolve("x").toString();
    assertThat(Run.of(ExitCode.NOT_FOUND, "verify", "--archive", nowhere, "--json").err())
        .contains("\"ARCHIVE_MISSING\"");
  }

  @Test
  void missingSegment_isNamed_andNobodyKnowsWhoseItWas() throws Exception {
    long number = someNumber(2);
    Files.delete(segment(2, number));
    JsonNode saved = verify(ExitCode.FINDINGS, "-o", "json").json().path("can_be_saved");
    assertThat(saved.path("unreadable").get(0).asText())
        .isEqualTo("segments/00002/%019d.gseg".formatted(number));
    assertThat(saved.path("slices").get(2).path("up_to_segment").asLong()).isEqualTo(number - 1);
  }

  @Test
  void fingerprint_rightOneIsNotAskedFor_wrongOneIsRefused() throws Exception {
    String lost = cloud.keys().card().fingerprint();
    String sibling = cloud.siblingKeys().card().fingerprint();
    Run run = verify(ExitCode.OK, "--fingerprint", lost, "--fingerprint", sibling);
    assertThat(run.err()).doesNotContain("Compare fingerprints");
    assertThat(verify(ExitCode.AUTHENTICATION, "--fingerprint", "00ff").err())
        .contains("RECOVERY_KEYS_WRONG")
        .contains("fingerprint: 00ff (expected: of a card here)");
  }

  @Test
  void origin_ofTheOtherCloud_findsItsSignaturesMissing() {
    assertThat(verify(ExitCode.FINDINGS, "--origin", LostCloud.SIBLING).out())
        .contains("REPLICA_CLOUD_WRONG");
    assertThat(verify(ExitCode.AUTHENTICATION, "--origin", "desert").err())
        .contains("origin: desert (expected: one of [harbour, mountain])");
  }

  @Test
  void noArchive_isSaidInOneSentence() {
    Run run = Run.of(ExitCode.NOT_FOUND, "verify", "--archive", folder.resolve("x").toString());
    assertThat(run.err()).contains("ARCHIVE_MISSING");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  private static Run overHttps(ExitCode expected, ServedReplica served, String... more) {
    return Run.of(
        expected,
        Stream.of(Stream.of("verify"), served.options().stream(), Stream.of(more))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  @Test
  void replica_overHttpsThatBreaks_isFoundTheSameAsInAFolder() throws Exception {
    try (ServedReplica served = new ServedReplica(cloud, folder.resolve("zhang"))) {
      served.server().troubles(number -> number % 20 == 0 ? Trouble.CUT : Trouble.NONE);
      assertThat(overHttps(ExitCode.OK, served, "-o", "json").json())
          .isEqualTo(verify(ExitCode.OK, "-o", "json").json());
    }
  }

  @Test
  void damage_overHttps_isDamageAndNotTheLine() throws Exception {
    long number = someNumber(1);
    Files.write(segment(1, number), new byte[0]);
    try (ServedReplica served = new ServedReplica(cloud, folder.resolve("zhang"))) {
      JsonNode found = overHttps(ExitCode.FINDINGS, served, "-o", "json").json();
      assertThat(found).isEqualTo(verify(ExitCode.FINDINGS, "-o", "json").json());
      assertThat(found.path("findings")).isNotEmpty();
    }
  }

  @Test
  void readerOfAnotherCloud_andWrongOptions_areRefused() throws Exception {
    LostCloud other = LostCloud.make(folder.resolve("other"), LostCloud.Size.SMALL, 8);
    try (ServedReplica served = new ServedReplica(cloud, folder.resolve("zhang"));
        ServedReplica elsewhere = new ServedReplica(other, folder.resolve("li"))) {
      String address = served.options().get(1);
      String li = elsewhere.options().get(3);
      assertThat(
              Run.of(ExitCode.AUTHENTICATION, "verify", "--archive", address, "--reader", li).err())
          .contains("ARCHIVE_REFUSED", "another server");
      assertThat(Run.of(ExitCode.USAGE, "verify", "--archive", address).err())
          .contains("--reader: missing (expected: a folder of `govcloud keys reader`");
      String wrong = "https://mountain/received";
      assertThat(Run.of(ExitCode.USAGE, "verify", "--archive", wrong, "--reader", li).err())
          .contains(wrong + " (expected: https://HOST:PORT");
      String none = folder.resolve("none").toString();
      assertThat(Run.of(ExitCode.NOT_FOUND, "verify", "--archive", address, "--reader", none).err())
          .contains("KEY_FILE_MISSING");
    }
  }
}
