package govcloud.node.replication.audit;

import static org.assertj.core.api.Assertions.assertThat;

import govcloud.journal.cassandra.StoredJournal;
import govcloud.journal.core.Chunk;
import govcloud.journal.core.Entry;
import govcloud.node.replication.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit of a slice of which nothing is in the archive yet. */
class SliceAuditTest {
  private static final Pace PACE = new Pace(Long.MAX_VALUE / 1_000_000_000);
  private static final String ENTITY = "case/housing/permits/1";

  private final MemoryJournal journal = new MemoryJournal();
  private final List<Entry> records = MemoryJournal.chain(ENTITY, 4);

  @BeforeEach
  void fill() {
    for (int offset = 0; offset < 4; offset++) {
      journal.append(offset, records.subList(offset, offset + 1));
    }
    journal.watermark = 4;
    journal.chunks.put(ENTITY, List.of(new Chunk(ENTITY, records)));
  }

  private List<String> audit() throws Exception {
    List<String> told = new ArrayList<>();
    StoredJournal stored = journal.open();
    new SliceAudit(
            0,
            new SliceLog(0, null, 0, stored, PACE),
            stored,
            StoredEntities.of(stored::entities, 1, PACE),
            PACE,
            found -> told.add(found.defect() + " " + found.place()))
        .run();
    return told;
  }

  @Test
  void soundSlice_isSound() throws Exception {
    assertThat(audit()).isEmpty();
  }

  @Test
  void chunkBeyondTheLog_isRemoved() throws Exception {
    journal.watermark = 3;
    journal.log.remove(3L);
    assertThat(audit())
        .containsExactly(
            "AUDIT_CHUNK_FOREIGN entity " + ENTITY + ", sequence 1",
            "AUDIT_CHUNK_MISSING entity " + ENTITY + ", sequence 1");
    assertThat(journal.changes).containsExactly("DELETE " + ENTITY, "INSERT " + ENTITY);
  }

  @Test
  void entityThatTheLogDoesNotKnow_isTold_andLeft() throws Exception {
    String other = "case/housing/permits/2";
    journal.chunks.put(other, List.of(new Chunk(other, MemoryJournal.chain(other, 1))));
    assertThat(audit()).containsExactly("AUDIT_ENTITY_UNKNOWN entity " + other);
    assertThat(journal.changes).isEmpty();
    assertThat(journal.scans).as("the second one for its name").isEqualTo(2);
  }

  @Test
  void logThatEndsBeforeItsWatermark_isTold_andNoChunkIsTouched() throws Exception {
    journal.log.remove(3L);
    assertThat(audit()).containsExactly("AUDIT_LOG_ROW_MISSING slice 0, offset 3");
    journal.log.clear();
    assertThat(audit()).containsExactly("AUDIT_LOG_ROW_MISSING slice 0, offset 0");
    assertThat(journal.changes).isEmpty();
  }

  @Test
  void recoveryThatHasNotNotedThatTheLogIsWhole_isSeen() {
    assertThat(journal.open().isBeingRestored()).as("never lost").isFalse();
    journal.restored = Optional.of(false);
    assertThat(journal.open().isBeingRestored()).isTrue();
    journal.restored = Optional.of(true);
    assertThat(journal.open().isBeingRestored()).isFalse();
  }
}
