package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.replication.statement.SiteEnd;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When a site knows that it was given up, from which card, and that nobody can make it believe. */
class GivenUpSiteTest {
  private static final SiteEnd END = new SiteEnd(new TreeMap<>(Map.of(3, 7L)), 2, 1);

  private final SecureRandom random = new SecureRandom();
  @TempDir private Path folder;
  private KeyFolder old;
  private KeyFolder sibling;
  private List<Path> shares;

  @BeforeEach
  void makeClouds() throws Exception {
    old = new KeyFolder(folder.resolve("old"));
    shares = KeyCeremony.init(old, "harbour", folder.resolve("shares"), 2, 3, random);
    sibling = new KeyFolder(folder.resolve("sibling"));
    KeyCeremony.init(sibling, "mountain", folder.resolve("other-shares"), 2, 3, random);
    sibling.trust(old.card());
  }

  /** The keys of a site that takes over from the one of a card. */
  private KeyFolder recovered(String name, CloudCard lost) throws Exception {
    KeyFolder fresh = new KeyFolder(folder.resolve(name));
    try (RecoverySecrets secrets = RecoverySecrets.join(lost.recovery(), shares)) {
      fresh.recover(lost, secrets, old.grants(), END, random);
    }
    return fresh;
  }

  private static CloudCard sent(KeyFolder keys) throws KeyException {
    return CloudCard.parse(keys.card().toFile());
  }

  @Test
  void siteThatWorks_toldOfItsOwnKeys_isNotGivenUp() throws Exception {
    assertThat(GivenUpSite.learn(old, sibling.sibling("harbour"))).isEmpty();
    old.rotateSigning(random);
    assertThat(GivenUpSite.learn(old, sibling.sibling("harbour"))).as("behind").isEmpty();
    sibling.trust(old.card());
    assertThat(GivenUpSite.learn(old, sibling.sibling("harbour"))).isEmpty();
    assertThat(GivenUpSite.known(old)).isEmpty();
  }

  @Test
  void siteThatWasGivenUp_told_knowsItForGoodAndWhereItsFilesEnd() throws Exception {
    sibling.trust(sent(recovered("fresh", sent(old))));
    assertThat(GivenUpSite.learn(old, sibling.sibling("harbour")))
        .hasValue(new GivenUpSite("harbour", 1, 2, END));
    assertThat(GivenUpSite.known(new KeyFolder(old.folder())))
        .as("another process, the sibling away")
        .hasValue(new GivenUpSite("harbour", 1, 2, END));
  }

  @Test
  void keyThatTheSiblingNeverSaw_madeBeforeTheLoss_changesNothing() throws Exception {
    KeyFolder fresh = recovered("fresh", sent(old));
    old.rotateSigning(random);
    assertThat(GivenUpSite.of(old.card(), sent(fresh))).isPresent();
  }

  @Test
  void newSite_toldOfItsOwnKeysAndOlderOnes_isNotGivenUp() throws Exception {
    KeyFolder fresh = recovered("fresh", sent(old));
    assertThat(GivenUpSite.of(fresh.card(), sent(old))).as("not told yet").isEmpty();
    fresh.rotateSigning(random);
    assertThat(GivenUpSite.of(fresh.card(), sent(fresh))).isEmpty();
  }

  @Test
  void secondRecovery_givesUpTheFirst_andBothBeforeIt() throws Exception {
    KeyFolder second = recovered("second", sent(old));
    KeyFolder third = recovered("third", sent(second));
    assertThat(GivenUpSite.of(second.card(), sent(third)))
        .hasValue(new GivenUpSite("harbour", 2, 3, END));
    assertThat(GivenUpSite.of(old.card(), sent(third)))
        .hasValue(new GivenUpSite("harbour", 1, 3, END));
    sibling.trust(sent(second));
    sibling.trust(sent(third));
    assertThat(sibling.givenUpSites("harbour"))
        .extracting(CloudCard::certificate)
        .containsExactly(old.link().certificate(), second.link().certificate());
  }

  /** Two rebuilt the cloud from the same replica; the sibling can trust one of them. */
  @Test
  void twoRecoveries_ofOneLoss_theOneThatTheSiblingTrustsCounts() throws Exception {
    KeyFolder one = recovered("one", sent(old));
    KeyFolder other = recovered("other", sent(old));
    sibling.trust(sent(one));
    assertThatThrownBy(() -> sibling.trust(sent(other)))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("does not go on");
    assertThat(GivenUpSite.of(other.card(), sibling.sibling("harbour"))).isPresent();
    assertThat(GivenUpSite.of(one.card(), sibling.sibling("harbour"))).isEmpty();
  }

  @Test
  void cardOfAnotherRecoveryKey_told_isNoProof() throws Exception {
    KeyFolder thief = new KeyFolder(folder.resolve("thief"));
    KeyCeremony.init(thief, "harbour", folder.resolve("thiefs-shares"), 2, 3, random);
    CloudCard mixed =
        new CloudCard("harbour", old.recovery(), thief.statements(), old.link().certificate());
    for (CloudCard wrong : List.of(sent(sibling), sent(thief), mixed)) {
      assertThatThrownBy(() -> GivenUpSite.learn(old, wrong)).isInstanceOf(KeyException.class);
    }
    assertThat(GivenUpSite.known(old)).isEmpty();
  }

  @Test
  void hold_lastsUntilTheNewSiteIsTrustedOrItIsReleased() throws Exception {
    sibling.hold("harbour");
    assertThat(new KeySuccession(sibling, "harbour").held()).containsExactly("harbour");
    old.rotateSigning(random);
    sibling.trust(sent(old));
    assertThat(sibling.isHeld("harbour")).as("the same site").isTrue();
    sibling.release("harbour");
    assertThat(sibling.isHeld("harbour")).isFalse();
    sibling.hold("harbour");
    sibling.trust(sent(recovered("fresh", sent(old))));
    assertThat(new KeySuccession(sibling, "harbour").held()).isEmpty();
    assertThatThrownBy(() -> sibling.hold("desert")).isInstanceOf(KeyException.class);
  }

  @Test
  void newKey_fromTheSameSite_isNoReasonToKeepTheCardBefore() throws Exception {
    old.rotateSigning(random);
    sibling.trust(sent(old));
    assertThat(sibling.givenUpSites("harbour")).isEmpty();
  }
}
