package govcloud.journal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.journal.DamagedLogException;
import govcloud.journal.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SliceCursorTest {

  private final List<Entry> a = TestHost.chain("case/a", 4);
  private final Batch zero =
      Batch.ofTakeOver(new UUID(0, 1), 1, a.get(0).record().getPreviousHash(), 0, 0, "n");
  private final Batch one = Batch.ofRecords(new UUID(0, 1), 2, zero.hash(), 0, 0, a.subList(0, 3));
  private final Batch two = Batch.ofRecords(new UUID(0, 1), 3, one.hash(), 0, 0, a.subList(3, 4));

  @Test
  void fromTheBeginning_everyRecordWithItsPosition() {
    List<Long> positions = new ArrayList<>();
    SliceCursor cursor = new SliceCursor(0, Position.BEFORE_FIRST);
    cursor.take(List.of(zero, one, two), (position, entry) -> positions.add(position));
    assertThat(positions)
        .containsExactly(
            Position.encode(1, 0),
            Position.encode(1, 1),
            Position.encode(1, 2),
            Position.encode(2, 0));
    assertThat(cursor.next()).isEqualTo(3);
  }

  @Test
  void inTheMiddleOfABatch_onlyWhatWasNotSeen() {
    List<Entry> entries = new ArrayList<>();
    SliceCursor cursor = new SliceCursor(0, Position.encode(1, 1));
    assertThat(cursor.next()).isEqualTo(1);
    cursor.take(List.of(one, two), (position, entry) -> entries.add(entry));
    assertThat(entries).containsExactly(a.get(2), a.get(3));
  }

  @Test
  void brokenChain_isDamage() {
    SliceCursor cursor = new SliceCursor(0, Position.BEFORE_FIRST);
    assertThatThrownBy(() -> cursor.take(List.of(zero, two), (position, entry) -> {}))
        .isInstanceOf(DamagedLogException.class)
        .hasMessageContaining("slice 0, offset 1");
  }

  @Test
  void batch_survivesItsBytes() throws InvalidProtocolBufferException {
    assertThat(Batch.parse(zero.bytes())).isEqualTo(zero);
    assertThat(Batch.parse(one.bytes())).isEqualTo(one);
    assertThat(Chunk.parse(new Chunk("case/a", a).toBytes())).isEqualTo(new Chunk("case/a", a));
  }
}
