package govcloud.node.replication;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.SliceHead;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.shipping.SliceArchiver;
import java.util.List;

/**
 * Archives a slice with the epoch that counts when a segment is made: after a rotation the next
 * segment is sealed under the new one, without a restart. Blocks; not for several threads.
 */
final class SealingArchiver {
  private static final int COMPRESSION = 3;

  private final int slice;
  private final HomeArchive home;
  private final ReplicaTrust trust;
  private EpochKeys keys;
  private int epoch;
  private SliceArchiver archiver;

  /** Finds where the archive of the slice ends. */
  SealingArchiver(int slice, HomeArchive home, ReplicaTrust trust) throws Exception {
    this.slice = slice;
    this.home = home;
    this.trust = trust;
    open();
  }

  /** All or nothing: where the next epoch cannot be opened, the next segment tries it again. */
  private void open() throws Exception {
    // Before the keys: should another epoch follow meanwhile, it is looked for again.
    int next = home.sealing().number();
    EpochKeys opened = home.sealing().open();
    SliceArchiver with =
        new SliceArchiver(
            slice, home.store(), trust, new SegmentWriter(home.signing(), opened, COMPRESSION));
    if (keys != null) {
      keys.close();
    }
    keys = opened;
    archiver = with;
    epoch = next;
  }

  /** Behind the last segment. */
  SliceHead head() {
    return archiver.head();
  }

  /** Archives batches, as {@link SliceArchiver#archive}. */
  void archive(long firstOffset, List<ByteString> batches) throws Exception {
    if (epoch != home.sealing().number()) {
      open();
    }
    archiver.archive(firstOffset, batches);
  }
}
