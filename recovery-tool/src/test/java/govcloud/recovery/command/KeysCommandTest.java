package govcloud.recovery.command;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.ExitCode;
import govcloud.recovery.LostCloud;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
  @TempDir private Path folder;
  private LostCloud cloud;

  @BeforeEach
  void lose() throws Exception {
    cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 11);
  }

  private String archive() {
    return cloud.archive().toString();
  }

  private String share(int number) {
    return cloud.shares().get(number - 1).toString();
  }

  private static String secret(Path share) throws Exception {
    return Files.readString(share).replaceAll("(?s).*secret: (\\w+).*", "$1");
  }

  @Test
  void threeShares_openEveryEpoch_andNothingSecretIsShown() throws Exception {
    Run run =
        Run.of(
            ExitCode.OK,
            "keys",
            "--archive",
            archive(),
            "--share",
            share(5),
            share(2),
            share(3),
            "-o",
            "json");
    assertThat(run.json().path("cloud").asText()).isEqualTo(LostCloud.NAME);
    assertThat(run.json().path("epochs")).hasSize(cloud.size().days() + 1);
    for (Path share : cloud.shares()) {
      assertThat(secret(share)).hasSize(64);
      assertThat(run.out() + run.err()).doesNotContain(secret(share));
    }
    String folderOfShares = cloud.shares().get(0).getParent().toString();
    assertThat(
            Run.of(ExitCode.OK, "keys", "--archive", archive(), "--shares", folderOfShares).out())
        .contains("epochs opened");
  }

  @Test
  void tooFewOrForeignShares_areNamed() {
    Run two =
        Run.of(
            ExitCode.AUTHENTICATION, "keys", "--archive", archive(), "--share", share(1), share(2));
    assertThat(two.err()).contains("KEY_SHARES_TOO_FEW").contains("2 good (expected: 3)");
    String foreign = folder.resolve("mountain-shares/recovery-share-1-of-5.txt").toString();
    Run mixed =
        Run.of(
            ExitCode.AUTHENTICATION,
            "keys",
            "--archive",
            archive(),
            "--share",
            share(1),
            share(2),
            foreign);
    assertThat(mixed.err()).contains("KEY_SHARE_FOREIGN").contains("KEY_SHARES_TOO_FEW");
    assertThat(Run.of(ExitCode.USAGE, "keys", "--archive", archive()).err())
        .contains("shares: none (expected: --share FILE... or --shares FOLDER)");
  }
}
