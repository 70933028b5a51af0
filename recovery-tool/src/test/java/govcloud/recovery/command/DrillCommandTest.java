package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.ExitCode;
import govcloud.recovery.LostCloud;
import govcloud.recovery.drill.DrillWork;
import govcloud.replication.keys.DrillGrants;
import govcloud.replication.keys.DrillHalf;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a drill refuses before it starts anything. */
class DrillCommandTest {
  @TempDir private Path folder;
  private LostCloud cloud;
  private Path drills;

  @BeforeEach
  void lose() throws Exception {
    cloud = LostCloud.make(folder.resolve("cloud"), new LostCloud.Size(2, 1, 1, 1), 5);
    drills = folder.resolve("drills");
  }

  private Run run(ExitCode expected, String... more) {
    List<String> all = new ArrayList<>(List.of("drill", "run", "--asked-by", "zhang"));
    all.addAll(List.of("--archive", cloud.archive().toString(), "--drills", drills.toString()));
    all.addAll(List.of(more));
    return Run.of(expected, all.toArray(new String[0]));
  }

  @Test
  void drillThatNobodyElseApproves_isRefused() {
    assertThat(run(ExitCode.FORBIDDEN).err())
        .contains("DRILL_NOT_APPROVED")
        .contains("approved by: nobody (expected: somebody other than zhang, who asks)");
    assertThat(run(ExitCode.FORBIDDEN, "--approved-by", "zhang").err())
        .contains("approved by: zhang (expected");
    assertThat(drills).doesNotExist();
  }

  @Test
  void drillWithoutKeys_isRefused() {
    assertThat(run(ExitCode.USAGE, "--approved-by", "li").err())
        .contains("keys: none (expected: --drill-key FILE --drill-grants FOLDER");
    assertThat(run(ExitCode.USAGE, "--approved-by", "li", "--drill-key", "x").err())
        .contains("drill key: half of it");
    assertThat(drills).doesNotExist();
  }

  @Test
  void drillKeyOfAnotherCloudOfThisName_isRefused() throws Exception {
    KeyFolder other = new KeyFolder(folder.resolve("other"));
    SecureRandom random = new SecureRandom();
    KeyCeremony.init(other, LostCloud.NAME, folder.resolve("other-shares"), 3, 5, random);
    DrillGrants grants = new DrillGrants(other);
    Path secret = folder.resolve("other.key");
    grants.grant(DrillHalf.make(secret, "harbour", random), other.signing());
    String[] keys = {
      "--approved-by", "li", "--drill-key=" + secret, "--drill-grants=" + grants.folder()
    };
    assertThat(run(ExitCode.AUTHENTICATION, keys).err())
        .contains("RECOVERY_KEYS_WRONG")
        .contains("a drill key for which no signing key of harbour vouches");
  }

  @Test
  void secondDrill_whileOneRuns_isRefused_andCleansNothing() throws Exception {
    try (DrillWork first = DrillWork.take(drills).orElseThrow()) {
      Path data = Files.writeString(first.folder("cassandra").resolve("data"), "?");
      String shares = cloud.shares().get(0).getParent().toString();
      assertThat(run(ExitCode.CONFLICT, "--approved-by", "li", "--shares", shares).err())
          .contains("DRILL_RUNNING");
      assertThat(Run.of(ExitCode.CONFLICT, "drill", "clean", "--drills", drills.toString()).err())
          .contains("DRILL_RUNNING");
      assertThat(data).exists();
    }
  }

  @Test
  void nothingLeft_cleaned_isNothing() throws Exception {
    Run run = Run.of(ExitCode.OK, "drill", "clean", "--drills", drills.toString(), "-o", "json");
    assertThat(run.json().path("processes").asInt()).isZero();
    assertThat(run.json().path("bytes").asInt()).isZero();
  }
}
