package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import govcloud.replication.statement.SiteEnd;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountSecretsTest {
  private static final String SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();
  private KeyFolder keys;
  private List<Path> shares;
  private AccountSecrets secrets;

  @BeforeEach
  void init() throws KeyException {
    keys = new KeyFolder(folder.resolve("keys"));
    shares = KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, random);
    secrets = new AccountSecrets(keys, random);
  }

  @Test
  void sealed_opensForItsAccountAlone_alsoInLaterEpochs() throws Exception {
    String sealed = secrets.seal("zhang-san", SECRET);
    assertThat(AccountSecrets.isSealed(sealed)).isTrue();
    assertThat(AccountSecrets.isSealed(SECRET)).isFalse();
    assertThat(sealed).doesNotContain(SECRET).isNotEqualTo(secrets.seal("zhang-san", SECRET));
    keys.rotateEpoch(random);
    assertThat(secrets.open("zhang-san", sealed)).isEqualTo(SECRET);
    for (String wrong : List.of("sealed:1:", "sealed:1:AAAA", "sealed:1:?", sealed + "A")) {
      requireClosed(secrets, "zhang-san", wrong);
    }
    requireClosed(secrets, "li-si", sealed);
  }

  @Test
  void siteThatIsRebuiltWithShares_opensIt_andNoOtherCloudDoes() throws Exception {
    String sealed = secrets.seal("zhang-san", SECRET);
    keys.rotateEpoch(random);
    KeyFolder fresh = new KeyFolder(folder.resolve("fresh"));
    CloudCard card = keys.card();
    try (RecoverySecrets joined = RecoverySecrets.join(card.recovery(), shares.subList(1, 3))) {
      fresh.recover(card, joined, keys.grants(), new SiteEnd(new TreeMap<>(), 0, 0), random);
    }
    assertThat(new AccountSecrets(fresh, random).open("zhang-san", sealed)).isEqualTo(SECRET);
    KeyFolder other = new KeyFolder(folder.resolve("other"));
    KeyCeremony.init(other, "harbour", folder.resolve("other-shares"), 2, 3, random);
    requireClosed(new AccountSecrets(other, random), "zhang-san", sealed);
  }

  private static void requireClosed(AccountSecrets secrets, String account, String sealed) {
    assertThatThrownBy(() -> secrets.open(account, sealed))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("secret of account " + account);
  }
}
