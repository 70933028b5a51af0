package govcloud.replication.keys;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.replication.statement.SiteEnd;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectNamesTest {
  private static final String NUMBER = "999999199001010016";

  @TempDir private Path folder;
  private final SecureRandom random = new SecureRandom();

  @Test
  void names_stayInLaterEpochsAndOnARebuiltSite_andAreOfThisCloudAlone() throws Exception {
    KeyFolder keys = new KeyFolder(folder.resolve("keys"));
    List<Path> shares = KeyCeremony.init(keys, "harbour", folder.resolve("shares"), 2, 3, random);
    String name = SubjectNames.of(keys).of(NUMBER);
    assertThat(name).hasSize(64).isNotEqualTo(SubjectNames.of(keys).of(NUMBER + "X"));
    keys.rotateEpoch(random);
    assertThat(SubjectNames.of(keys).of(NUMBER)).isEqualTo(name);
    KeyFolder fresh = new KeyFolder(folder.resolve("fresh"));
    CloudCard card = keys.card();
    try (RecoverySecrets joined = RecoverySecrets.join(card.recovery(), shares.subList(1, 3))) {
      fresh.recover(card, joined, keys.grants(), new SiteEnd(new TreeMap<>(), 0, 0), random);
    }
    assertThat(SubjectNames.of(fresh).of(NUMBER)).isEqualTo(name);
    KeyFolder other = new KeyFolder(folder.resolve("other"));
    KeyCeremony.init(other, "harbour", folder.resolve("other-shares"), 2, 3, random);
    assertThat(SubjectNames.of(other).of(NUMBER)).isNotEqualTo(name);
  }
}
