package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may read a replica, and what is noted of decisions with keys. */
class ReaderGrantsTest {
  private static final Instant NOW = Instant.parse("2026-03-02T21:08:26Z");
  private static final Instant UNTIL = NOW.plus(Duration.ofDays(2));

  @TempDir private Path folder;
  private KeyFolder mountain;
  private ReaderGrants grants;

  @BeforeEach
  void makeKeys() throws Exception {
    mountain = new KeyFolder(folder.resolve("mountain"));
    KeyFolder harbour = new KeyFolder(folder.resolve("harbour"));
    KeyCeremony.init(mountain, "mountain", folder.resolve("m"), 2, 2, new SecureRandom());
    KeyCeremony.init(harbour, "harbour", folder.resolve("h"), 2, 2, new SecureRandom());
    mountain.trust(harbour.card());
    grants = new ReaderGrants(mountain);
  }

  private ReaderGrant grant(String name, String into) throws KeyException {
    return grants.grant("harbour", name, folder.resolve(into), NOW, UNTIL, new SecureRandom());
  }

  private static void assertRefused(
      KeyDefect as, org.assertj.core.api.ThrowableAssert.ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(KeyException.class, e -> assertThat(e.defect()).isEqualTo(as));
  }

  @Test
  void nobody_readsWithoutGrant() throws Exception {
    assertThat(grants.list()).isEmpty();
  }

  @Test
  void reader_granted_hasAKeyOfItsOwnAndBothCards() throws Exception {
    ReaderGrant grant = grant("zhang", "reader");
    assertThat(grants.list()).containsExactly(grant);
    Path into = folder.resolve("reader");
    assertThat(ReaderGrant.read(into.resolve(ReaderGrant.FILE))).isEqualTo(grant);
    assertThat(new KeyFolder(into).link().certificate()).isEqualTo(grant.certificate());
    assertThat(grant.certificate()).isNotEqualTo(mountain.link().certificate());
    assertThat(CardFolder.read(into))
        .extracting(CloudCard::cloud)
        .containsExactly("harbour", "mountain");
    assertThat(Files.getPosixFilePermissions(into.resolve("link.key"))).hasSize(2);
    assertThat(grant.isOver(UNTIL.minusMillis(1))).isFalse();
    assertThat(grant.isOver(UNTIL)).isTrue();
  }

  @Test
  void readerThatReads_isNotReplaced_oneThatIsOverIs() throws Exception {
    ReaderGrant first = grant("zhang", "first");
    assertRefused(KeyDefect.KEY_FILE_EXISTS, () -> grant("zhang", "second"));
    assertThat(grants.list()).containsExactly(first);
    ReaderGrant later =
        grants.grant(
            "harbour",
            "zhang",
            folder.resolve("third"),
            UNTIL,
            UNTIL.plusSeconds(1),
            new SecureRandom());
    assertThat(grants.list()).containsExactly(later);
  }

  @Test
  void folderWithAKey_strangersReplica_andUnknownReader_areRefused() throws Exception {
    grant("zhang", "reader");
    assertRefused(KeyDefect.KEY_FILE_EXISTS, () -> grant("li", "reader"));
    assertRefused(
        KeyDefect.KEY_FILE_MISSING,
        () -> grants.grant("valley", "li", folder.resolve("v"), NOW, UNTIL, new SecureRandom()));
    assertRefused(KeyDefect.KEY_FILE_MISSING, () -> grants.end("li"));
    assertThat(grants.list()).hasSize(1);
  }

  @Test
  void reader_ended_readsNoLonger() throws Exception {
    grant("zhang", "reader");
    grants.end("zhang");
    assertThat(grants.list()).isEmpty();
  }

  @Test
  void deeds_areToldUntilTheyAreRecorded_inOrder() throws Exception {
    KeyDeeds deeds = new KeyDeeds(mountain);
    assertThat(deeds.unrecorded()).isEmpty();
    deeds.add(NOW, "site-drain", "mountain", "an operator");
    deeds.add(UNTIL, "site-release", "mountain", "root");
    KeyDeeds.Deed first = new KeyDeeds.Deed(1, NOW, "site-drain", "mountain", "an_operator");
    KeyDeeds.Deed second = new KeyDeeds.Deed(2, UNTIL, "site-release", "mountain", "root");
    assertThat(deeds.unrecorded()).containsExactly(first, second);
    deeds.recorded(first);
    assertThat(new KeyDeeds(mountain).unrecorded()).containsExactly(second);
    deeds.recorded(second);
    assertThat(deeds.unrecorded()).isEmpty();
  }

  @Test
  void lineThatIsNone_isToldAndHoldsUpNothing() throws Exception {
    KeyDeeds deeds = new KeyDeeds(mountain);
    Files.writeString(
        mountain.folder().resolve("deeds"), "yesterday nothing\n", StandardOpenOption.CREATE);
    deeds.add(NOW, "site-drain", "mountain", "root");
    assertThat(deeds.unrecorded())
        .extracting(KeyDeeds.Deed::action)
        .containsExactly(KeyDeeds.UNREADABLE, "site-drain");
  }
}
