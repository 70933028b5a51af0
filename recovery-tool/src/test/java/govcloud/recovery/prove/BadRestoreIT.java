package govcloud.recovery.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import govcloud.protobuf.journal.v1.EntityChunk;
import govcloud.protobuf.journal.v1.LogBatch;
import govcloud.protobuf.journal.v1.Record;
import govcloud.recovery.LostCloud;
import govcloud.recovery.TestTarget;
import govcloud.recovery.restore.RestoreSettings;
import govcloud.replication.cut.KeyedArchive;
import govcloud.replication.statement.ReplicaHash;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each test spoils a good restore in one way, sees the proof find it, and mends it again. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRestoreIT extends SpoiltRestore {
  private String entity;

  @BeforeAll
  void restore(@TempDir Path folder) throws Exception {
    LostCloud cloud = LostCloud.make(folder, LostCloud.Size.SMALL, 13);
    target = new TestTarget(cloud, "bad");
    point = target.point(OptionalLong.empty());
    target.restore(point, RestoreSettings.of(2));
    entity =
        cloud.entities().entrySet().stream()
            .filter(one -> one.getKey().startsWith("case/"))
            .max(java.util.Comparator.comparingInt(one -> one.getValue().size()))
            .orElseThrow()
            .getKey();
    assertThat(target.prove(point).findings()).isEmpty();
  }

  @AfterAll
  void close() {
    target.close();
  }

  @Test
  void logRow_missing_isLocated() throws Exception {
    Row row = logRow(2);
    List<ProofFinding> findings =
        found(() -> deleteLog(2), () -> writeLog(row, 2, row.getByteBuffer("content")));
    assertThat(findings.get(0).defect()).isEqualTo(ProofDefect.PROOF_LOG_ROW_MISSING);
    assertThat(findings.get(0).place()).isEqualTo("slice 1, offset 2");
  }

  @Test
  void logRows_exchanged_areLocated() throws Exception {
    Row second = logRow(2);
    Row third = logRow(3);
    List<ProofFinding> findings =
        found(
            () -> {
              writeLog(third, 2, third.getByteBuffer("content"));
              writeLog(second, 3, second.getByteBuffer("content"));
            },
            () -> {
              writeLog(second, 2, second.getByteBuffer("content"));
              writeLog(third, 3, third.getByteBuffer("content"));
            });
    assertThat(findings)
        .filteredOn(finding -> finding.defect() == ProofDefect.PROOF_LOG_ROW_DIFFERENT)
        .extracting(ProofFinding::place)
        .containsExactly("slice 1, offset 2", "slice 1, offset 3");
  }

  @Test
  void logRow_truncated_isLocated() throws Exception {
    Row row = logRow(2);
    ByteBuffer content = row.getByteBuffer("content");
    ByteBuffer shorter = content.duplicate();
    shorter.limit(shorter.limit() - 1);
    List<ProofFinding> findings =
        found(() -> writeLog(row, 2, shorter), () -> writeLog(row, 2, content));
    assertThat(findings.get(0).defect()).isEqualTo(ProofDefect.PROOF_LOG_ROW_DIFFERENT);
    assertThat(findings.get(0).place()).isEqualTo("slice 1, offset 2");
  }

  @Test
  void logRow_ofAnotherHost_isLocated() throws Exception {
    Row row = logRow(2);
    List<ProofFinding> findings =
        found(
            () ->
                change(
                    LOG,
                    1,
                    0L,
                    2L,
                    UUID.fromString("00000000-0000-4000-8000-000000000001"),
                    row.getLong("nonce"),
                    row.getByte("encoding"),
                    row.getByteBuffer("content")),
            () -> writeLog(row, 2, row.getByteBuffer("content")));
    assertThat(findings.get(0).defect()).isEqualTo(ProofDefect.PROOF_LOG_ROW_DIFFERENT);
  }

  @Test
  void logRow_behindTheEnd_isForeign() throws Exception {
    Row row = logRow(2);
    for (long offset : new long[] {1000, 5000}) {
      List<ProofFinding> findings =
          found(() -> writeLog(row, offset, row.getByteBuffer("content")), () -> deleteLog(offset));
      assertThat(findings).hasSize(1);
      assertThat(findings.get(0).defect()).isEqualTo(ProofDefect.PROOF_LOG_ROW_FOREIGN);
    }
  }

  private static final String CHUNK =
      "INSERT INTO %s.chunk (entity, to_sequence, from_sequence, encoding, records) VALUES (?, ?,"
          + " ?, 0, ?) USING now";

  /** Writes a changed chunk of the entity beside or over one that is there. */
  private List<ProofFinding> chunk(UnaryOperator<EntityChunk> how) throws Exception {
    Row row = row("SELECT * FROM %s.chunk WHERE entity = ? LIMIT 1", entity);
    long to = row.getLong("to_sequence");
    long from = row.getLong("from_sequence");
    EntityChunk chunk = EntityChunk.parseFrom(StoredRows.unpacked(row, "records"));
    return found(
        () ->
            change(CHUNK, entity, to, from, how.apply(chunk).toByteString().asReadOnlyByteBuffer()),
        () -> change(CHUNK, entity, to, from, chunk.toByteString().asReadOnlyByteBuffer()));
  }

  private void assertFound(List<ProofFinding> findings, ProofDefect defect) {
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).defect()).isEqualTo(defect);
    assertThat(findings.get(0).place()).startsWith(entity);
    assertThat(findings.get(0).tenant()).startsWith("bureau-");
  }

  @Test
  void chunk_missing_isLocated() throws Exception {
    Row row = row("SELECT * FROM %s.chunk WHERE entity = ? LIMIT 1", entity);
    EntityChunk chunk = EntityChunk.parseFrom(StoredRows.unpacked(row, "records"));
    List<ProofFinding> findings =
        found(
            () ->
                change(
                    "DELETE FROM %s.chunk USING now WHERE entity = ? AND to_sequence = ? AND"
                        + " from_sequence = ?",
                    entity, row.getLong("to_sequence"), row.getLong("from_sequence")),
            () ->
                change(
                    CHUNK,
                    entity,
                    row.getLong("to_sequence"),
                    row.getLong("from_sequence"),
                    chunk.toByteString().asReadOnlyByteBuffer()));
    assertFound(findings, ProofDefect.PROOF_CHUNK_MISSING);
    assertThat(findings.get(0).place()).endsWith("sequence 1");
  }

  @Test
  void chunkWithoutItsLastRecord_isMissing() throws Exception {
    assertFound(
        chunk(
            chunk -> records(chunk, chunk.getRecordList().subList(0, chunk.getRecordCount() - 1))),
        ProofDefect.PROOF_CHUNK_MISSING);
  }

  @Test
  void chunkReordered_isDifferent() throws Exception {
    assertFound(
        chunk(
            chunk -> {
              List<ByteString> turned = new ArrayList<>(chunk.getRecordList());
              Collections.reverse(turned);
              return records(chunk, turned);
            }),
        ProofDefect.PROOF_CHUNK_DIFFERENT);
  }

  @Test
  void chunkWithAForgedRecord_isDifferent() throws Exception {
    assertFound(
        chunk(
            chunk -> {
              List<ByteString> forged = new ArrayList<>(chunk.getRecordList());
              forged.set(0, forged.get(0).concat(ByteString.copyFrom(new byte[] {0x38, 0x01})));
              return records(chunk, forged);
            }),
        ProofDefect.PROOF_CHUNK_DIFFERENT);
  }

  @Test
  void chunkOfAnotherEntity_isDifferent() throws Exception {
    assertFound(
        chunk(chunk -> chunk.toBuilder().setEntityId("case/other/permits/c-1").build()),
        ProofDefect.PROOF_CHUNK_DIFFERENT);
  }

  private static EntityChunk records(EntityChunk chunk, List<ByteString> records) {
    return chunk.toBuilder().clearRecord().addAllRecord(records).build();
  }

  @Test
  void chunkOfNobody_isForeign() throws Exception {
    Row row = row("SELECT * FROM %s.chunk WHERE entity = ? LIMIT 1", entity);
    List<ProofFinding> findings =
        found(
            () ->
                change(
                    "INSERT INTO %s.chunk (entity, to_sequence, from_sequence, encoding, records)"
                        + " VALUES ('case/nobody/permits/c-1', 1, 1, ?, ?) USING now",
                    row.getByte("encoding"), row.getByteBuffer("records")),
            () ->
                change("DELETE FROM %s.chunk USING now WHERE entity = 'case/nobody/permits/c-1'"));
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).defect()).isEqualTo(ProofDefect.PROOF_CHUNK_FOREIGN);
    assertThat(findings.get(0).place()).isEqualTo("case/nobody/permits/c-1");
  }

  @Test
  void watermark_tooHigh_isWrong() throws Exception {
    long right = row("SELECT log_offset FROM %s.watermark WHERE slice = 1").getLong(0);
    List<ProofFinding> findings =
        found(
            () ->
                change(
                    "INSERT INTO %s.watermark (slice, log_offset) VALUES (1, ?) USING TIMESTAMP"
                        + " 1000000",
                    right + 1),
            () ->
                change(
                    "INSERT INTO %s.watermark (slice, log_offset) VALUES (1, ?) USING TIMESTAMP"
                        + " 1000001",
                    right));
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).defect()).isEqualTo(ProofDefect.PROOF_WATERMARK_WRONG);
    assertThat(findings.get(0).detail()).isEqualTo((right + 1) + " (expected: " + right + ")");
  }

  @Test
  void snapshot_thatNobodyRestored_isForeign() throws Exception {
    List<ProofFinding> findings =
        found(
            () -> change("INSERT INTO %s.snapshot (entity, sequence) VALUES (?, 99)", entity),
            () -> change("DELETE FROM %s.snapshot WHERE entity = ?", entity));
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).defect()).isEqualTo(ProofDefect.PROOF_SNAPSHOT_FOREIGN);
    assertThat(findings.get(0).place()).isEqualTo(entity + ", sequence 99");
  }

  @Test
  void tailOfASlicesLog_lost_isLocatedRowByRow() throws Exception {
    List<Row> all = logRows(2);
    List<Row> tail = all.subList(all.size() - 3, all.size());
    List<ProofFinding> findings = found(each(tail, this::deleteLog), each(tail, this::writeLog));
    assertThat(places(findings, ProofDefect.PROOF_LOG_ROW_MISSING))
        .containsExactlyElementsOf(
            tail.stream().map(row -> "slice 2, offset " + row.getLong("log_offset")).toList());
    assertThat(places(findings, ProofDefect.PROOF_CHUNK_DIFFERENT))
        .as("chunks with more records than the log")
        .isNotEmpty();
  }

  @Test
  void partitionOfTheLog_lost_isLocated_andNobodyIsAsTheCutSays() throws Exception {
    List<Row> all = logRows(1);
    List<ProofFinding> findings =
        found(
            () -> change("DELETE FROM %s.log USING now WHERE slice = 1 AND bucket = 0"),
            each(all, this::writeLog));
    assertThat(places(findings, ProofDefect.PROOF_LOG_ROW_MISSING)).hasSize(all.size());
    assertThat(findings)
        .filteredOn(finding -> finding.defect() == ProofDefect.PROOF_CUT_DIFFERENT)
        .extracting(ProofFinding::tenant)
        .contains("bureau-1", "bureau-2");
  }

  @Test
  void department_missing_isNamedByTheCut() throws Exception {
    List<Row> rows = new ArrayList<>();
    for (int slice = 0; slice < LostCloud.Size.SMALL.slices(); slice++) {
      for (Row row : logRows(slice)) {
        LogBatch batch = LogBatch.parseFrom(StoredRows.logRow(row).content());
        for (ByteString record : batch.getRecordList()) {
          if (Record.parseFrom(record).getTenant().equals("bureau-1") && !rows.contains(row)) {
            rows.add(row);
          }
        }
      }
    }
    List<ProofFinding> findings = found(each(rows, this::deleteLog), each(rows, this::writeLog));
    assertThat(findings)
        .anySatisfy(
            finding -> {
              assertThat(finding.defect()).isEqualTo(ProofDefect.PROOF_CUT_DIFFERENT);
              assertThat(finding.place()).isEqualTo("cut 2");
              assertThat(finding.detail()).contains("not there (expected: ");
            });
  }

  @Test
  void chunkThatOverlaps_withTheSameRecords_isNoDifference_andWithARepeatedOneIsFound()
      throws Exception {
    Row row = row("SELECT * FROM %s.chunk WHERE entity = ? LIMIT 1", entity);
    EntityChunk chunk = EntityChunk.parseFrom(StoredRows.unpacked(row, "records"));
    long from = chunk.getFromSequence();
    EntityChunk first = records(chunk, chunk.getRecordList().subList(0, 1));
    change(CHUNK, entity, from, from, first.toByteString().asReadOnlyByteBuffer());
    assertThat(target.prove(point).findings()).as("nodes read the same").isEmpty();
    EntityChunk twice = first.toBuilder().addRecord(first.getRecord(0)).build();
    List<ProofFinding> findings =
        found(
            () -> change(CHUNK, entity, from, from, twice.toByteString().asReadOnlyByteBuffer()),
            () ->
                change(
                    "DELETE FROM %s.chunk USING now WHERE entity = ? AND to_sequence = ? AND"
                        + " from_sequence = ?",
                    entity, from, from));
    assertFound(findings, ProofDefect.PROOF_CHUNK_DIFFERENT);
  }

  @Test
  void entityInAnotherSliceThanTheSettingsSay_isFound() throws Exception {
    ProofFindings findings = new ProofFindings();
    ProofTally tally = new ProofTally(findings);
    StoredRows rows = new StoredRows(target.target().session(), target.target().keyspace());
    try (KeyedArchive archive = target.replica().open()) {
      LogCheck log = new LogCheck(1, archive, rows, findings, new ProofProgress(1), tally);
      new SliceProof(1, OptionalInt.of(4), log, rows, findings, tally, tenant -> false)
          .run(0, point.lastSegments().get(1));
    }
    assertThat(findings.list())
        .isNotEmpty()
        .allMatch(finding -> finding.defect() == ProofDefect.PROOF_SETTINGS_DIFFER)
        .allMatch(finding -> finding.detail().startsWith("in slice 1 (expected: "));
  }

  @Test
  void recordOfANewerVersion_isInNoState_andFound() throws Exception {
    String newer = "case/bureau-1/permits/newer";
    ByteString record =
        Record.newBuilder()
            .setTenant("bureau-1")
            .setEntityType("case")
            .setEntityId(newer)
            .setSequence(1)
            .setManifest("case/999")
            .build()
            .toByteString();
    EntityChunk chunk =
        EntityChunk.newBuilder().setEntityId(newer).setFromSequence(1).addRecord(record).build();
    change(CHUNK, newer, 1L, 1L, chunk.toByteString().asReadOnlyByteBuffer());
    ProofFindings findings = new ProofFindings();
    ProofTally tally = new ProofTally(findings);
    StoredRows rows = new StoredRows(target.target().session(), target.target().keyspace());
    EntityEnd end = new EntityEnd("bureau-1", 1, ReplicaHash.of(record));
    new TenantEntities(rows, findings, new ProofProgress(1), tally, false)
        .prove(List.of(Map.entry(newer, end)));
    change("DELETE FROM %s.chunk USING now WHERE entity = ?", newer);
    assertThat(findings.list())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.defect()).isEqualTo(ProofDefect.PROOF_REPLAY_FAILED);
              assertThat(finding.place()).isEqualTo(newer);
              assertThat(finding.detail()).contains("case/999 (expected: case/");
            });
    assertThat(findings.isRight("bureau-1")).isFalse();
    assertThat(findings.isRight("bureau-2")).isTrue();
  }
}
