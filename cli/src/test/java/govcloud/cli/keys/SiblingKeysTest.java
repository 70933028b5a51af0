package govcloud.cli.keys;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.cli.ExitCode;
import govcloud.cli.TestTerminal;
import govcloud.replication.keys.GivenUpSite;
import govcloud.replication.keys.KeyFolder;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.keys.SiteAddress;
import govcloud.replication.keys.SiteDrain;
import govcloud.replication.statement.SiteEnd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SiblingKeysTest {
  @TempDir private Path folder;

  private TestTerminal run(ExitCode expected, String cloud, String... arguments) {
    TestTerminal terminal =
        new TestTerminal(false, "", Map.of("GOVCLOUD_HOME", folder.resolve(cloud).toString()));
    assertThat(terminal.run(arguments)).as(terminal.err()).isEqualTo(expected.number());
    return terminal;
  }

  private void init(String home, String cloud) {
    String shares = folder.resolve(home + "-shares").toString();
    run(ExitCode.OK, home, "keys", "init", "--cloud", cloud, "--shares", shares);
  }

  private Path card(String cloud) {
    return folder.resolve(cloud + ".card");
  }

  @BeforeEach
  void makeCards() {
    for (String cloud : new String[] {"harbour", "mountain"}) {
      init(cloud, cloud);
      run(ExitCode.OK, cloud, "keys", "card", card(cloud).toString());
    }
  }

  @Test
  void card_trusted_showsTheFingerprintThatTheOtherShows() {
    String trusted =
        run(ExitCode.OK, "harbour", "keys", "trust", card("mountain").toString(), "--yes").out();
    String other =
        run(ExitCode.OK, "mountain", "keys", "card", card("mountain-2").toString()).out();
    assertThat(trusted).isEqualTo(other).containsPattern("[0-9a-f]{32}");
    assertThat(folder.resolve("harbour/keys/siblings/mountain.card")).exists();
  }

  @Test
  void addressOfASibling_isKeptBesideItsCard_andMayChange() throws Exception {
    SiteAddress address = SiteAddress.of(new KeyFolder(folder.resolve("harbour/keys")), "mountain");
    String[] trust = {"keys", "trust", card("mountain").toString(), "--yes", "--address", ""};
    for (String host : new String[] {"https://gov.example", "https://[2001:db8::1]:8443"}) {
      trust[5] = host;
      run(ExitCode.OK, "harbour", trust);
      assertThat(address.known()).contains(host);
    }
    run(ExitCode.OK, "harbour", "keys", "trust", card("mountain").toString(), "--yes");
    assertThat(address.known()).as("trusted again without one").isPresent();
  }

  @Test
  void ownCard_trusted_isRefused() {
    assertThat(
            run(ExitCode.USAGE, "harbour", "keys", "trust", card("harbour").toString(), "--yes")
                .err())
        .contains("OWN_CARD");
  }

  @Test
  void changedCard_trusted_isRefused() throws Exception {
    Files.writeString(
        card("mountain"), Files.readString(card("mountain")).replace("mountain", "mountains"));
    assertThat(
            run(ExitCode.FAILED, "harbour", "keys", "trust", card("mountain").toString(), "--yes")
                .err())
        .contains("KEY_FILE_DAMAGED");
  }

  @Test
  void otherCloudOfTheSameName_trusted_isRefused() {
    run(ExitCode.OK, "harbour", "keys", "trust", card("mountain").toString(), "--yes");
    init("impostor", "mountain");
    run(ExitCode.OK, "impostor", "keys", "card", card("impostor").toString());
    assertThat(
            run(ExitCode.FAILED, "harbour", "keys", "trust", card("impostor").toString(), "--yes")
                .err())
        .contains("KEY_CARD_WRONG");
  }

  @Test
  void newSigningKey_cardTrustedAgain_isTakenIn() throws Exception {
    run(ExitCode.OK, "harbour", "keys", "trust", card("mountain").toString(), "--yes");
    new KeyFolder(folder.resolve("mountain/keys")).rotateSigning(new SecureRandom());
    run(ExitCode.OK, "mountain", "keys", "card", card("newer").toString());
    assertThat(
            run(ExitCode.OK, "harbour", "keys", "trust", card("newer").toString(), "--yes").out())
        .contains("2");
  }

  @Test
  void sibling_held_isReleasedByTheSameCommand() {
    run(ExitCode.NOT_FOUND, "harbour", "keys", "hold", "mountain");
    run(ExitCode.OK, "harbour", "keys", "trust", card("mountain").toString(), "--yes");
    assertThat(run(ExitCode.OK, "harbour", "keys", "hold", "mountain").out())
        .containsPattern("held +true");
    assertThat(folder.resolve("harbour/keys/siblings/mountain.held")).exists();
    run(ExitCode.OK, "harbour", "keys", "hold", "mountain", "--release");
    assertThat(folder.resolve("harbour/keys/siblings/mountain.held")).doesNotExist();
  }

  @Test
  void recoveredCloudsCard_fences_andNoOtherCardDoes() throws Exception {
    KeyFolder old = new KeyFolder(folder.resolve("harbour/keys"));
    assertThat(
            run(ExitCode.CONFLICT, "harbour", "keys", "fence", card("harbour").toString(), "--yes")
                .err())
        .contains("NOT_GIVEN_UP");
    assertThat(
            run(ExitCode.FAILED, "harbour", "keys", "fence", card("mountain").toString(), "--yes")
                .err())
        .contains("KEY_CARD_WRONG");
    recover(old);
    assertThat(GivenUpSite.known(old)).isEmpty();
    String[] fence = {"keys", "fence", card("new").toString(), "--yes", "--address", ""};
    fence[5] = "http://gov.example/here";
    assertThat(run(ExitCode.USAGE, "harbour", fence).err()).contains("https://HOST[:PORT]");
    assertThat(GivenUpSite.known(old)).as("fenced with a wrong address").isEmpty();
    fence[5] = "https://gov.example:8443";
    assertThat(run(ExitCode.OK, "harbour", fence).out())
        .containsPattern("site epoch that counts +2");
    assertThat(GivenUpSite.known(old)).isPresent();
    assertThat(SiteAddress.own(old).known()).contains("https://gov.example:8443");
    assertThat(run(ExitCode.CONFLICT, "harbour", "keys", "drain", "--yes").err())
        .contains("SITE_FENCED");
  }

  /** Another site of the cloud, whose card is the new one. */
  private void recover(KeyFolder old) throws Exception {
    KeyFolder fresh = new KeyFolder(folder.resolve("fresh"));
    List<Path> shares;
    try (Stream<Path> files = Files.list(folder.resolve("harbour-shares"))) {
      shares = files.sorted().limit(3).toList();
    }
    try (RecoverySecrets secrets = RecoverySecrets.join(old.recovery(), shares)) {
      SiteEnd end = new SiteEnd(new TreeMap<>(), 0, 0);
      fresh.recover(old.card(), secrets, old.grants(), end, new SecureRandom());
    }
    Files.write(card("new"), fresh.card().toFile());
  }

  @Test
  void addressOfTheSiteBefore_isForgotten_whenTheCloudMovesOn() throws Exception {
    SiteAddress kept = SiteAddress.of(new KeyFolder(folder.resolve("mountain/keys")), "harbour");
    String[] trust = {"keys", "trust", card("harbour").toString(), "--yes"};
    run(ExitCode.OK, "mountain", trust);
    kept.keep("https://before.example");
    recover(new KeyFolder(folder.resolve("harbour/keys")));
    trust[2] = card("new").toString();
    run(ExitCode.OK, "mountain", trust);
    assertThat(kept.known()).isEmpty();
  }

  @Test
  void site_drained_untilItIsReleased() throws Exception {
    SiteDrain drain = new SiteDrain(new KeyFolder(folder.resolve("harbour/keys")));
    assertThat(run(ExitCode.OK, "harbour", "keys", "drain", "--yes").out())
        .containsPattern("drained +true");
    Optional<Instant> since = drain.since();
    assertThat(since).isPresent();
    run(ExitCode.OK, "harbour", "keys", "drain", "--yes");
    assertThat(drain.since()).as("drained twice").isEqualTo(since);
    assertThat(run(ExitCode.OK, "harbour", "keys", "drain", "--release", "--yes").out())
        .containsPattern("drained +false");
    assertThat(drain.since()).isEmpty();
  }

  @Test
  void fileThatIsThere_card_isNotOverwritten() {
    run(ExitCode.CONFLICT, "harbour", "keys", "card", card("harbour").toString());
  }
}
