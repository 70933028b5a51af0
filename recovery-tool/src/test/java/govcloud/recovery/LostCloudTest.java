package govcloud.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.protobuf.journal.v1.Record;
import govcloud.replication.archive.ReplicaAnchor;
import govcloud.replication.archive.ReplicaReport;
import govcloud.replication.archive.ReplicaVerifier;
import govcloud.replication.store.FileSystemArchiveStore;
import govcloud.replication.store.FileSystemBlobStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LostCloudTest {
  @TempDir private Path folder;

  @Test
  void replicaOfLostCloud_isSound_andHasEverything() throws Exception {
    LostCloud cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 7);
    ReplicaReport report =
        new ReplicaVerifier(
                FileSystemArchiveStore.open(cloud.archive()),
                FileSystemBlobStore.open(cloud.archive()),
                cloud.trust())
            .verify(ReplicaAnchor.NONE);
    assertThat(report.findings()).isEmpty();
    assertThat(report.records()).isEqualTo(cloud.records().size());
    assertThat(report.receipts()).isEqualTo(report.segments());
    assertThat(report.provedCuts()).containsExactly(1L, 2L);
    assertThat(cloud.tenants()).containsExactly("", "bureau-1", "bureau-2", "bureau-3");
    long behind = cloud.records().size() - sum(cloud, 2);
    assertThat(behind).isPositive();
    assertThat(sum(cloud, 2)).isGreaterThan(sum(cloud, 1));
    assertThat(cloud.sequencesAtCut(2)).doesNotContainKey("tenant/bureau-3");
    assertThat(cloud.records()).extracting(Record::getEntityType).contains("tenant", "operation");
  }

  private static long sum(LostCloud cloud, int cut) {
    return cloud.sequencesAtCut(cut).values().stream().mapToLong(n -> n).sum();
  }
}
