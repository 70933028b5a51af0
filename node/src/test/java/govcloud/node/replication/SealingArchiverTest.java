package govcloud.node.replication;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.TakeOver;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.archive.SegmentReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slice that is archived while the epoch is followed by another. */
class SealingArchiverTest {
  @TempDir private Path folder;

  private static ByteString batch(ByteString previous, long nonce) {
    return LogBatch.newBuilder()
        .setTakeOver(TakeOver.newBuilder().setNode("node-1"))
        .setIncarnation(ByteString.copyFrom(new byte[16]))
        .setNonce(nonce)
        .setPreviousHash(previous)
        .setHighestClock(1)
        .build()
        .toByteString();
  }

  @Test
  void rotatedEpoch_sealsTheNextSegment_withoutRestart() throws Exception {
    KeyHouse house = new KeyHouse(folder);
    HomeArchive home = house.home();
    ReplicaTrust trust = home.ownTrust();
    SealingArchiver archiver = new SealingArchiver(4, home, trust);
    ByteString first = batch(RecordHash.NONE, 1);
    archiver.archive(0, List.of(first));
    ByteString second = batch(RecordHash.of(first), 2);
    archiver.archive(1, List.of(second));
    house.keys.rotateEpoch(new SecureRandom());
    home.sealing().use(2);
    ByteString third = batch(RecordHash.of(second), 3);
    archiver.archive(2, List.of(third));
    assertThat(archiver.head().nextOffset()).isEqualTo(3);
    int[] epochs = {1, 1, 2};
    for (int number = 1; number <= epochs.length; number++) {
      ArchiveName name = ArchiveName.segment(4, number);
      Segment segment = Segment.verify(name, home.store().read(name).orElseThrow(), trust);
      assertThat(segment.statement().getGrant().getEpoch()).isEqualTo(epochs[number - 1]);
    }
    Segment last =
        Segment.verify(
            ArchiveName.segment(4, 3),
            home.store().read(ArchiveName.segment(4, 3)).orElseThrow(),
            trust);
    try (var keys = house.keys.epoch(2)) {
      assertThat(new SegmentReader(keys).batches(last)).containsExactly(third);
    }
    house.close();
  }
}
