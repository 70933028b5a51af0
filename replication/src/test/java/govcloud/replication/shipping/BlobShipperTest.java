package govcloud.replication.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.blob.MemoryBlobStore;
import govcloud.replication.blob.StoredBlob;
import govcloud.replication.blob.TestBlobs;
import govcloud.replication.statement.ReplicaHash;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attachments get to the sibling, and what it has is not sent again. */
class BlobShipperTest {
  private static final Instant NOON = Instant.parse("2026-03-02T04:00:00Z");

  private final MemoryBlobStore home = new MemoryBlobStore();
  private final MemoryBlobStore away = new MemoryBlobStore();
  private final LocalBlobLink link = new LocalBlobLink(new BlobReceiver(away, TestKeys.TRUST));
  private final BlobBacklog backlog = new BlobBacklog();
  private final BlobShipper shipper =
      new BlobShipper(home, link, backlog, Duration.ZERO, () -> NOON);

  private static byte[] sealed(String origin, String content) throws Exception {
    return TestBlobs.sealed(TestKeys.epoch(1), origin, "housing", content);
  }

  private BlobAddress attach(String content) throws Exception {
    return home.add(sealed("harbour", content));
  }

  @Test
  void attachments_swept_areBroughtOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      attach("attachment " + i);
    }
    assertThat(shipper.sweep()).isEqualTo(20);
    assertThat(away.blobs()).containsOnlyKeys(home.blobs().keySet());
    home.blobs()
        .forEach((address, bytes) -> assertThat(away.blobs().get(address)).isEqualTo(bytes));
    assertThat(shipper.sweep()).isZero();
  }

  @Test
  void lineBroken_sweptAgain_goesOnWhereItWas() throws Exception {
    for (int i = 0; i < 20; i++) {
      attach("attachment " + i);
    }
    link.breakAfter(7);
    assertThatThrownBy(shipper::sweep).isInstanceOf(LinkException.class);
    assertThat(away.blobs()).hasSize(7);
    long bytes = home.blobs().values().iterator().next().length;
    assertThat(backlog.missing()).hasValueSatisfying(missing -> assertMissing(missing, 13, bytes));
    link.breakAfter(3);
    assertThatThrownBy(shipper::sweepMissing).isInstanceOf(LinkException.class);
    assertThat(backlog.missing()).hasValueSatisfying(missing -> assertMissing(missing, 10, bytes));
    link.breakAfter(100);
    BlobBacklog fresh = new BlobBacklog();
    assertThat(fresh.missing()).isEmpty();
    assertThat(new BlobShipper(home, link, fresh, Duration.ZERO, () -> NOON).sweep()).isEqualTo(10);
    assertThat(fresh.missing()).contains(new MissingBlobs(0, 0, 0));
    assertThat(link.delivered()).isEqualTo(20);
  }

  @Test
  void attachmentsOfAnotherCloudDamagedOrShortened_areRefused_andTheOthersBrought()
      throws Exception {
    BlobAddress sound = attach("sound");
    BlobAddress damaged = attach("damaged");
    home.blobs().get(damaged)[200] ^= 1;
    assertRefused("REPLICA_MISPLACED");
    home.blobs().remove(damaged);
    BlobAddress foreign = home.add(sealed("desert", "theirs"));
    assertRefused("REPLICA_CLOUD_WRONG");
    home.blobs().remove(foreign);
    byte[] whole = sealed("harbour", "ours");
    home.add(Arrays.copyOf(whole, whole.length - 1));
    assertRefused("REPLICA_TRUNCATED");
    assertThat(away.blobs()).containsOnlyKeys(sound);
  }

  /** Its node tells of it while the sweeper has already listed the branch and asks the sibling. */
  @Test
  void attachmentKeptDuringALook_isStillMissing() {
    StoredBlob kept = new StoredBlob(new BlobAddress(ReplicaHash.of(ByteString.EMPTY)), 17);
    StoredBlob before = new StoredBlob(ofBranch(kept), 18);
    int branch = kept.address().hash().byteAt(0) & 0xff;
    backlog.leaves(before, 0);
    long look = backlog.news();
    backlog.leaves(kept, 0);
    backlog.branch(branch, List.of(), look, 0);
    assertThat(backlog.toBring(0)).containsExactly(kept);
    BitSet branches = new BitSet();
    branches.set(branch);
    assertThat(backlog.branches()).isEqualTo(branches);
    backlog.branch(branch, List.of(), backlog.news(), 0);
    assertThat(backlog.toBring(0)).isEmpty();
    assertThat(backlog.branches().isEmpty()).isTrue();
  }

  private static BlobAddress ofBranch(StoredBlob other) {
    String first = other.address().text().substring(0, 2);
    return BlobAddress.parse(first + "00".repeat(31)).orElseThrow();
  }

  private static void assertMissing(MissingBlobs missing, int count, long about) {
    assertThat(missing.count()).isEqualTo(count);
    assertThat(missing.bytes()).isBetween(count * (about - 2), count * (about + 2));
    assertThat(missing.oldestMillis()).isEqualTo(NOON.toEpochMilli());
  }

  private void assertRefused(String code) {
    assertThatThrownBy(shipper::sweep)
        .isInstanceOfSatisfying(RefusedException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
