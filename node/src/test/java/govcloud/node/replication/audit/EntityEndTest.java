package govcloud.node.replication.audit;

import static govcloud.node.replication.audit.EntityEnd.Look.GREW;
import static govcloud.node.replication.audit.EntityEnd.Look.RIGHT;
import static govcloud.node.replication.audit.EntityEnd.Look.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import govcloud.journal.cassandra.StoredJournal.ChunkRow;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An entity with three records in the log when it is read, two of them below the watermark. */
class EntityEndTest {
  private static final String ENTITY = "case/housing/permits/1";

  private final List<Entry> records = MemoryJournal.chain(ENTITY, 6);
  private final EntityEnd end = new EntityEnd();

  EntityEndTest() {
    records.subList(0, 3).forEach(entry -> end.take(entry, entry.sequence() <= 2));
  }

  private EntityEnd.Look look(List<Entry> chunked) {
    Chunk chunk = new Chunk(ENTITY, chunked);
    return end.look(
        ENTITY,
        List.of(new ChunkRow(chunk.toSequence(), chunk.fromSequence(), Optional.of(chunk), 1)));
  }

  @Test
  void chunksUpToTheWatermark_orTheEndOfTheLog_areRight() {
    assertThat(look(records.subList(0, 2))).isEqualTo(RIGHT);
    assertThat(look(records.subList(0, 3))).isEqualTo(RIGHT);
  }

  @Test
  void chunksThatGoOnBehindTheLog_grew() {
    assertThat(look(records.subList(0, 4))).isEqualTo(GREW);
    assertThat(look(records)).isEqualTo(GREW);
  }

  @Test
  void chunksThatEndBeforeTheWatermark_orLackTheirBeginning_areWrong() {
    assertThat(end.look(ENTITY, List.of())).isEqualTo(WRONG);
    assertThat(look(records.subList(0, 1))).isEqualTo(WRONG);
    assertThat(look(records.subList(1, 4))).isEqualTo(WRONG);
  }

  @Test
  void chunksOfOtherRecords_areWrong_alsoWhereTheyGoOn() {
    List<Entry> others = new ArrayList<>();
    ByteString previous = ByteString.EMPTY;
    for (Entry entry : records) {
      others.add(
          Entry.of(
              entry.record().toBuilder()
                  .setPreviousHash(previous)
                  .setPayload(ByteString.copyFromUtf8("other"))
                  .build()));
      previous = others.get(others.size() - 1).hash();
    }
    assertThat(look(others.subList(0, 2))).isEqualTo(WRONG);
    assertThat(look(others)).isEqualTo(WRONG);
  }

  @Test
  void rowThatCannotBeRead_isWrong() {
    assertThat(end.look(ENTITY, List.of(new ChunkRow(2, 1, Optional.empty(), 1)))).isEqualTo(WRONG);
  }
}
