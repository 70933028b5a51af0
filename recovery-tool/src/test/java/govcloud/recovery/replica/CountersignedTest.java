package govcloud.recovery.replica;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.recovery.LostCloud;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Cut;
import govcloud.replication.keys.RecoverySecrets;
import govcloud.replication.store.FileSystemArchiveStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cut is called countersigned only where somebody else has signed exactly that cut. */
class CountersignedTest {
  private static final int VERSION_AT = 4;

  @TempDir private Path folder;

  @Test
  void cut_isCountersigned_whereTheSiblingSignedThatOne() throws Exception {
    LostCloud cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 31);
    try (RecoverySecrets secrets =
        RecoverySecrets.join(cloud.keys().recovery(), cloud.shares().subList(0, 3))) {
      Replica replica =
          new Replica(FileSystemArchiveStore.open(cloud.archive()), cloud.trust(), secrets);
      Cut first = cloud.cuts().get(0);
      Cut second = cloud.cuts().get(1);
      assertThat(replica.witnessed(first)).isEqualTo(Witnessed.RIGHT);
      assertThat(replica.witnessed(second)).isEqualTo(Witnessed.RIGHT);
      Path ofSecond = cloud.archive().resolve(ArchiveName.countersignature(2).text());
      Files.copy(
          cloud.archive().resolve(ArchiveName.countersignature(1).text()),
          ofSecond,
          StandardCopyOption.REPLACE_EXISTING);
      assertThat(replica.witnessed(second)).as("by that of another cut").isEqualTo(Witnessed.WRONG);
      byte[] later = Files.readAllBytes(ofSecond);
      later[VERSION_AT]++;
      Files.write(ofSecond, later);
      assertThat(replica.witnessed(second)).as("later version").isEqualTo(Witnessed.UNREADABLE);
      Files.delete(ofSecond);
      assertThat(replica.witnessed(second)).as("by nobody").isEqualTo(Witnessed.MISSING);
      assertThat(replica.witnessed(first)).isEqualTo(Witnessed.RIGHT);
    }
  }
}
