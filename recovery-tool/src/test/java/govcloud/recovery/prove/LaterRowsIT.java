package govcloud.recovery.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import govcloud.journal.RecordHash;
import govcloud.journal.Slices;
import govcloud.protobuf.journal.v1.EntityChunk;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.recovery.LostCloud;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.TestTarget;
import govcloud.recovery.replica.RecoveryPoint;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keyspace in which nodes have served tenants that were proved is proved once more. */
@Tag("slow")
class LaterRowsIT {
  private static final String ENTITY = "case/bureau-1/permits/c-1";
  private static final String WAITING = "case/bureau-2/permits/c-1";

  private TestTarget target;
  private RecoveryPoint point;

  /** What a proof finds after these tenants were served. */
  private List<ProofFinding> found(String... tenants) throws Exception {
    return found(Set.of(tenants)::contains);
  }

  private List<ProofFinding> found(Predicate<String> served) throws Exception {
    return target
        .prover(point)
        .run(
            new ProofOrder() {
              @Override
              public Predicate<String> served() {
                return served;
              }

              @Override
              public void begin(Map<String, Long> all) {}

              @Override
              public String next(List<String> waiting) {
                return waiting.get(0);
              }

              @Override
              public void done(TenantProof proof) {}
            })
        .findings();
  }

  private List<Record> records(String entity) throws Exception {
    List<Record> records = new ArrayList<>();
    for (Row row : target.execute("SELECT * FROM %s.chunk WHERE entity = ?", entity)) {
      EntityChunk chunk = EntityChunk.parseFrom(StoredRows.unpacked(row, "records"));
      for (ByteString bytes : chunk.getRecordList()) {
        records.add(Record.parseFrom(bytes));
      }
    }
    return records;
  }

  private static Record behind(List<Record> records) {
    Record last = records.get(records.size() - 1);
    return last.toBuilder()
        .setSequence(last.getSequence() + 1)
        .setPreviousHash(RecordHash.of(last))
        .build();
  }

  /** A node appends a record; chained to the row before, or not. */
  private void append(Record record, boolean chained) throws Exception {
    int slice = Slices.of(record.getEntityId(), 3);
    Row last =
        target
            .execute(
                "SELECT * FROM %s.log WHERE slice = ? AND bucket = 0 ORDER BY log_offset DESC"
                    + " LIMIT 1",
                slice)
            .one();
    ByteString content = StoredRows.unpacked(last, "content");
    LogBatch batch =
        LogBatch.newBuilder()
            .setPreviousHash(chained ? RecordHash.of(content) : ByteString.EMPTY)
            .addRecord(record.toByteString())
            .build();
    target.execute(
        "INSERT INTO %s.log (slice, bucket, log_offset, incarnation, nonce, encoding, content)"
            + " VALUES (?, 0, ?, ?, ?, ?, ?)",
        slice,
        last.getLong("log_offset") + 1,
        UUID.randomUUID(),
        1L,
        (byte) 0,
        batch.toByteString().asReadOnlyByteBuffer());
  }

  private void chunk(List<Record> records) throws Exception {
    EntityChunk.Builder chunk =
        EntityChunk.newBuilder()
            .setEntityId(records.get(0).getEntityId())
            .setFromSequence(records.get(0).getSequence());
    records.forEach(record -> chunk.addRecord(record.toByteString()));
    ByteBuffer bytes = chunk.build().toByteString().asReadOnlyByteBuffer();
    target.execute(
        "INSERT INTO %s.chunk (entity, to_sequence, from_sequence, encoding, records) VALUES (?,"
            + " ?, ?, ?, ?)",
        records.get(0).getEntityId(),
        records.get(records.size() - 1).getSequence(),
        records.get(0).getSequence(),
        (byte) 0,
        bytes);
  }

  @Test
  void rowsAndChunksOfServedTenants_areNoDifference_andThoseOfOthersAre(@TempDir Path folder)
      throws Exception {
    LostCloud cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 19);
    try (TestTarget keyspace = new TestTarget(cloud, "later")) {
      target = keyspace;
      point = target.point(OptionalLong.empty());
      target.restore(point);
      List<Record> served = records(ENTITY);
      Record next = behind(served);
      append(next, true);
      served.add(next);
      chunk(served);
      assertThat(found("", "bureau-1")).isEmpty();
      assertThat(found(""))
          .extracting(ProofFinding::defect)
          .containsExactlyInAnyOrder(
              ProofDefect.PROOF_LOG_ROW_FOREIGN, ProofDefect.PROOF_CHUNK_DIFFERENT);
      assertThat(found("")).extracting(ProofFinding::tenant).containsOnly("bureau-1");
      assertThat(found()).isNotEmpty();
      append(behind(records(WAITING)), true);
      assertThat(found("", "bureau-1"))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.defect()).isEqualTo(ProofDefect.PROOF_LOG_ROW_FOREIGN);
                assertThat(finding.tenant()).isEqualTo("bureau-2");
                assertThat(finding.detail()).contains(WAITING);
              });
      append(behind(served), false);
      assertThat(found("", "bureau-1", "bureau-2"))
          .extracting(ProofFinding::defect)
          .containsExactly(ProofDefect.PROOF_CHAIN_BROKEN);
    }
  }

  @Test
  void whatANodeBeginsAfterTheLogWasRead_isNoDifference(@TempDir Path folder) throws Exception {
    LostCloud cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 23);
    try (TestTarget keyspace = new TestTarget(cloud, "begun")) {
      target = keyspace;
      point = target.point(OptionalLong.empty());
      target.restore(point);
      AtomicInteger asked = new AtomicInteger();
      assertThat(
              found(
                  tenant -> {
                    // Asked twice in each of three slices: before and after its log is read.
                    if (tenant.isEmpty() && asked.incrementAndGet() == 6) {
                      begin("case/bureau-1/permits/new");
                    }
                    return true;
                  }))
          .isEmpty();
      assertThat(asked).hasValueGreaterThanOrEqualTo(6);
      assertThat(found())
          .extracting(ProofFinding::defect)
          .contains(ProofDefect.PROOF_LOG_ROW_FOREIGN, ProofDefect.PROOF_SNAPSHOT_FOREIGN);
    }
  }

  /** The next partition of a log, and the snapshot of an entity that begins there. */
  private void begin(String entity) {
    try {
      target.execute(
          "INSERT INTO %s.log (slice, bucket, log_offset, incarnation, nonce, encoding, content)"
              + " VALUES (0, 9, 9216, ?, 1, 0, ?)",
          UUID.randomUUID(), ByteBuffer.allocate(0));
      target.execute("INSERT INTO %s.snapshot (entity, sequence) VALUES (?, 1)", entity);
    } catch (RecoveryException e) {
      throw new AssertionError(e);
    }
  }
}
