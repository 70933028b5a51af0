package govcloud.replication.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import govcloud.journal.core.Batch;
import govcloud.journal.core.SliceCursor;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SegmentTest {
  private static Segment verify(WrittenSegment written, int slice) throws Exception {
    return Segment.verify(
        ArchiveName.segment(slice, written.head().number()),
        written.file().toByteArray(),
        TestKeys.TRUST);
  }

  /**
   * Splits of all sizes, and the log comes back byte by byte and still satisfies its own reader.
   */
  @Test
  void log_writtenAndOpened_givesTheSameBatches() throws Exception {
    for (long seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      TestLog log = new TestLog(5, seed);
      SegmentWriter writer = new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3);
      SegmentReader reader = new SegmentReader(TestKeys.epoch(1));
      SliceHead head = SliceHead.start(5);
      List<ByteString> all = new ArrayList<>();
      List<ByteString> opened = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        List<ByteString> batches = log.batches(1 + random.nextInt(40));
        WrittenSegment written = writer.write(head, batches);
        Segment segment = verify(written, 5);
        assertThat(segment.continues(head)).isTrue();
        assertThat(segment.head()).isEqualTo(written.head());
        head = written.head();
        all.addAll(batches);
        opened.addAll(reader.batches(segment));
      }
      assertThat(opened).isEqualTo(all);
      assertThat(readByTheJournal(opened)).isEqualTo(readByTheJournal(all)).isPositive();
    }
  }

  private static int readByTheJournal(List<ByteString> batches) throws Exception {
    List<Batch> parsed = new ArrayList<>();
    for (ByteString batch : batches) {
      parsed.add(Batch.parse(batch));
    }
    List<Long> positions = new ArrayList<>();
    new SliceCursor(5, -1).take(parsed, (position, entry) -> positions.add(position));
    return positions.size();
  }

  @Test
  void sameBatches_writtenTwice_giveTheSameBytes() throws Exception {
    List<ByteString> batches = new TestLog(1, 1).batches(20);
    SliceHead start = SliceHead.start(1);
    ByteString first =
        new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3).write(start, batches).file();
    ByteString second =
        new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3).write(start, batches).file();
    assertThat(second).isEqualTo(first);
  }

  @Test
  void oneTenant_opened_givesItsRecordsAlone() throws Exception {
    WrittenSegment written =
        new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3)
            .write(SliceHead.start(1), new TestLog(1, 1).batches(30));
    List<ByteString> records =
        new SegmentReader(TestKeys.epoch(1)).records(verify(written, 1), "planning");
    assertThat(records).isNotEmpty();
    for (ByteString record : records) {
      assertThat(RecordHead.of(record).tenant()).isEqualTo("planning");
    }
  }

  @Test
  void otherEpochsKeys_open_areRefusedByName() throws Exception {
    WrittenSegment written =
        new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3)
            .write(SliceHead.start(1), new TestLog(1, 1).batches(3));
    Segment segment = verify(written, 1);
    assertThatThrownBy(() -> new SegmentReader(TestKeys.epoch(2)).batches(segment))
        .isInstanceOfSatisfying(
            DamagedReplicaException.class,
            e -> {
              assertThat(e.finding().defect()).isEqualTo(ReplicaDefect.REPLICA_KEY_WRONG);
              assertThat(e.finding().from()).isEqualTo(segment.checked().signed().length());
            });
  }

  /** What the sibling stores must not hold what people wrote. */
  @Test
  void identifiers_inTheFile_areNotReadable() throws Exception {
    WrittenSegment written =
        new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3)
            .write(SliceHead.start(1), new TestLog(1, 1).batches(30));
    String file = written.file().toString(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(file).contains("harbour").doesNotContain("planning", "permits", "case", "node-1");
  }

  @Test
  void batchesOfAnotherPlace_written_areRefused() {
    TestLog log = new TestLog(1, 1);
    log.batches(2);
    List<ByteString> later = log.batches(2);
    SegmentWriter writer = new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 3);
    assertThatThrownBy(() -> writer.write(SliceHead.start(1), later))
        .isInstanceOf(SourceLogException.class)
        .hasMessageContaining("slice 1, offset 0");
  }

  @Test
  void largeBatches_written_fillSeveralChunks() throws Exception {
    List<ByteString> batches = new TestLog(1, 1).batches(2500);
    WrittenSegment written =
        new SegmentWriter(TestKeys.HOME, TestKeys.epoch(1), 1).write(SliceHead.start(1), batches);
    Segment segment = verify(written, 1);
    assertThat(segment.statement().getPart(1).getChunkHashes().size()).isGreaterThan(64);
    assertThat(new SegmentReader(TestKeys.epoch(1)).batches(segment)).isEqualTo(batches);
  }
}
