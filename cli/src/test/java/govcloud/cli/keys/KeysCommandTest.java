package govcloud.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.ExitCode;
import govcloud.cli.TestTerminal;
import govcloud.replication.keys.KeyCeremony;
import govcloud.replication.keys.KeyDeeds;
import govcloud.replication.keys.KeyFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
  @TempDir private Path folder;

  private TestTerminal run(ExitCode expected, String... arguments) {
    TestTerminal terminal =
        new TestTerminal(false, "", Map.of("GOVCLOUD_HOME", folder.resolve("home").toString()));
    assertThat(terminal.run(arguments)).as(terminal.err()).isEqualTo(expected.number());
    return terminal;
  }

  private TestTerminal init() {
    return run(
        ExitCode.OK,
        "keys",
        "init",
        "--cloud",
        "harbour",
        "--shares",
        share(0).getParent().toString());
  }

  private Path share(int number) {
    return folder.resolve("shares/recovery-share-" + number + "-of-5.txt");
  }

  @Test
  void newCloud_init_writesSharesAndShowsNoSecret() throws Exception {
    TestTerminal said = init();
    for (int number = 1; number <= 5; number++) {
      String secret = Files.readString(share(number)).replaceAll("(?s).*secret: (\\w+).*", "$1");
      assertThat(secret).hasSize(64);
      assertThat(said.out() + said.err())
          .contains(share(number).getFileName().toString())
          .doesNotContain(secret);
    }
    assertThat(said.err()).contains("3 of the 5");
    assertThat(folder.resolve("home/keys/signing-1.key")).exists();
  }

  @Test
  void keysThatAreThere_initAgain_areKept() {
    init();
    TestTerminal again =
        run(
            ExitCode.CONFLICT,
            "keys",
            "init",
            "--cloud",
            "harbour",
            "--shares",
            folder.resolve("b").toString());
    assertThat(again.err()).contains("KEY_FILE_EXISTS");
    assertThat(folder.resolve("b")).doesNotExist();
  }

  @Test
  void goodShares_checked_areEnough() {
    init();
    TestTerminal said =
        run(
            ExitCode.OK,
            "keys",
            "check",
            share(1).toString(),
            share(5).toString(),
            share(2).toString());
    assertThat(said.err()).contains("3 good, 3 needed: together they give the recovery key");
  }

  @Test
  void damagedShare_checked_isNamed() throws Exception {
    init();
    Files.writeString(share(4), Files.readString(share(4)).replace("secret: ", "secret: 0"));
    TestTerminal said =
        run(ExitCode.FAILED, "keys", "check", share(1).toString(), share(4).toString());
    assertThat(said.out()).containsPattern("4-of-5.txt +KEY_FILE_DAMAGED");
    assertThat(said.err()).contains("1 good, 3 needed.");
  }

  @Test
  void epochAndSigningKey_rotated_areListed() throws Exception {
    init();
    KeyFolder keys = new KeyFolder(folder.resolve("home/keys"));
    keys.rotateEpoch(new SecureRandom());
    keys.rotateSigning(new SecureRandom());
    assertThat(run(ExitCode.OK, "keys", "list").out())
        .containsPattern("recovery +1 ")
        .containsPattern("signing +2 ")
        .containsPattern("epoch +2 ");
  }

  @Test
  void noKeys_listed_areNotFound() {
    assertThat(run(ExitCode.NOT_FOUND, "keys", "list").err()).contains("KEY_FILE_MISSING");
  }

  @Test
  void wrongNumbers_init_areRefused() {
    assertThat(
            run(
                    ExitCode.USAGE,
                    "keys",
                    "init",
                    "--cloud",
                    "harbour",
                    "--shares",
                    folder.toString(),
                    "--needed",
                    "6")
                .err())
        .contains("6 of 5");
  }

  @Test
  void reader_grantedListedAndEnded_isNotedForTheTrail() throws Exception {
    init();
    KeyFolder mountain = new KeyFolder(folder.resolve("mountain"));
    KeyCeremony.init(mountain, "mountain", folder.resolve("m"), 2, 2, new SecureRandom());
    Path card = Files.write(folder.resolve("mountain.card"), mountain.card().toFile());
    run(ExitCode.OK, "keys", "trust", card.toString(), "--yes");
    String into = folder.resolve("reader").toString();
    String[] grant = {"keys", "reader", "mountain", "--name", "zhang", "--into", into};
    assertThat(run(ExitCode.OK, grant).out()).contains("zhang", into);
    assertThat(run(ExitCode.CONFLICT, grant).err()).contains("KEY_FILE_EXISTS");
    assertThat(run(ExitCode.OK, "keys", "readers").out()).contains("zhang", "mountain", "false");
    run(ExitCode.OK, "keys", "reader", "mountain", "--name", "zhang", "--end");
    assertThat(run(ExitCode.OK, "keys", "readers", "-o", "json").out()).doesNotContain("zhang");
    run(ExitCode.OK, "keys", "drain", "--yes");
    run(ExitCode.OK, "keys", "drain", "--release", "--yes");
    assertThat(new KeyDeeds(new KeyFolder(folder.resolve("home/keys"))).unrecorded())
        .extracting(KeyDeeds.Deed::action)
        .containsExactly("reader-grant", "reader-end", "site-drain", "site-release");
    assertThat(
            run(
                    ExitCode.USAGE,
                    "keys",
                    "reader",
                    "mountain",
                    "--name",
                    "li",
                    "--into",
                    into,
                    "--hours",
                    "169")
                .err())
        .contains("hours: 169 (expected: 1 to 168)");
  }
}
