package govcloud.replication.receiving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.MemoryStore;
import govcloud.replication.archive.SegmentWriter;
import govcloud.replication.archive.TestKeys;
import govcloud.replication.archive.TestLog;
import govcloud.replication.shipping.LinkException;
import govcloud.replication.shipping.LocalLink;
import govcloud.replication.shipping.RefusedException;
import govcloud.replication.shipping.SiblingLink;
import govcloud.replication.shipping.SliceArchiver;
import govcloud.replication.shipping.SliceShipper;
import govcloud.replication.statement.StatementKind;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A cloud that has used up its room elsewhere keeps its log, and goes on when it gets more. */
class ReceivedQuotaTest {
  private final MemoryStore home = new MemoryStore();
  private final MemoryStore away = new MemoryStore();
  private final LocalLink line =
      new LocalLink(new Receiver(away, away, TestKeys.TRUST, TestKeys.SIBLING, Clock.systemUTC()));
  private ReceivedQuota quota = new ReceivedQuota("harbour", 0);

  /** What a node of the sibling does with a file. */
  private final class Limited implements SiblingLink {
    @Override
    public Optional<ByteString> deliver(ArchiveName name, ByteString file)
        throws LinkException, RefusedException {
      Optional<String> refused = quota.refuses(file.size());
      if (refused.isPresent()) {
        throw new RefusedException(ReceivedQuota.CODE, refused.get());
      }
      Optional<ByteString> answer = line.deliver(name, file);
      quota.took(file.size() + answer.orElseThrow().size());
      return answer;
    }

    @Override
    public Optional<ByteString> answer(ArchiveName name) {
      return Optional.empty();
    }

    @Override
    public int window() {
      return 1;
    }
  }

  private SliceShipper shipper() throws Exception {
    return new SliceShipper(0, home, TestKeys.TRUST, new Limited());
  }

  private static void shipAll(SliceShipper shipper) throws Exception {
    while (shipper.step() == SliceShipper.Step.DONE) {}
  }

  private long there() throws ArchiveStoreException {
    long bytes = 0;
    for (StatementKind kind : StatementKind.values()) {
      for (ArchiveName name : away.list(kind)) {
        bytes += away.read(name).orElseThrow().length;
      }
    }
    return bytes;
  }

  private void limit(long bytes) throws Exception {
    quota = new ReceivedQuota("harbour", bytes);
    quota.count(this::there);
  }

  @Test
  void quotaUsedUp_shipperKeepsItsLog_andGoesOnWhenItIsRaised() throws Exception {
    List<ByteString> log = new TestLog(0, 1).batches(20);
    var archiver =
        new SliceArchiver(
            0, home, TestKeys.TRUST, new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3));
    for (int i = 0; i < 20; i += 5) {
      archiver.archive(i, log.subList(i, i + 5));
    }
    ArchiveName first = ArchiveName.segment(0, 1);
    limit(home.read(first).orElseThrow().length * 2L);
    assertThatThrownBy(() -> shipAll(shipper()))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.code()).isEqualTo("RECEIVER_QUOTA_EXCEEDED"));
    assertThat(away.list(StatementKind.SEGMENT)).containsExactly(first);
    assertThat(home.list(StatementKind.SEGMENT)).hasSize(4);
    assertThat(quota.warning()).isPresent();

    limit(there());
    assertThatThrownBy(() -> shipAll(shipper())).isInstanceOf(RefusedException.class);
    assertThat(away.list(StatementKind.SEGMENT)).containsExactly(first);

    limit(100L << 20);
    SliceShipper shipper = shipper();
    shipAll(shipper);
    assertThat(shipper.progress().nextOffset()).isEqualTo(20);
    assertThat(away.list(StatementKind.SEGMENT)).isEqualTo(home.list(StatementKind.SEGMENT));
    assertThat(quota.warning()).isEmpty();
  }

  @Test
  void notCountedYet_takesInAndForgetsNothingOfIt() throws Exception {
    ReceivedQuota counting = new ReceivedQuota("harbour", 100);
    assertThat(counting.refuses(1000)).isEmpty();
    counting.count(
        () -> {
          counting.took(30);
          return 60;
        });
    assertThat(counting.warning()).as("90 of 100").contains("90 bytes of 100");
    assertThat(counting.refuses(10)).isEmpty();
    assertThat(counting.refuses(11)).isPresent();
    counting.count(() -> 60);
    assertThat(counting.refuses(40)).isEmpty();
  }

  @Test
  void noQuota_refusesNothing() throws Exception {
    quota.count(() -> Long.MAX_VALUE / 2);
    assertThat(quota.refuses(Long.MAX_VALUE / 2)).isEmpty();
    assertThat(quota.warning()).isEmpty();
    assertThat(quota.isLimited()).isFalse();
  }
}
