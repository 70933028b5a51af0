package govcloud.recovery.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import govcloud.protobuf.journal.v1.EntityChunk;
import govcloud.recovery.LostCloud;
import govcloud.recovery.TestTarget;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.recovery.restore.RestoreSettings;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each test spoils a good restore in one way, sees the proof find it, and mends it again. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRestoreIT {
  /** Written behind everything that a restore or another test has written. */
  private long timestamp = 10;

  private TestTarget target;
  private RecoveryPoint point;
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

  /** A change of the restored tables. */
  private interface Change {
    void apply() throws Exception;
  }

  /** What the proof finds after a change, which is undone again. */
  private List<ProofFinding> found(Change spoil, Change mend) throws Exception {
    spoil.apply();
    ProofReport report = target.prove(point);
    mend.apply();
    assertThat(report.isProved()).isFalse();
    Set<String> damaged =
        report.findings().stream().map(ProofFinding::tenant).collect(Collectors.toSet());
    for (TenantProof tenant : report.tenants()) {
      assertThat(tenant.proved())
          .as(tenant.tenant())
          .isEqualTo(!damaged.contains("") && !damaged.contains(tenant.tenant()));
    }
    return report.findings();
  }

  private void change(String statement, Object... values) throws Exception {
    target.execute(statement.replace("USING now", "USING TIMESTAMP " + timestamp++), values);
  }

  private Row row(String query, Object... values) throws Exception {
    return target.execute(query, values).one();
  }

  private static final String LOG =
      "INSERT INTO %s.log (slice, bucket, log_offset, incarnation, nonce, encoding, content) VALUES"
          + " (?, ?, ?, ?, ?, ?, ?) USING now";

  private Row logRow(long offset) throws Exception {
    return row("SELECT * FROM %s.log WHERE slice = 1 AND bucket = 0 AND log_offset = ?", offset);
  }

  private void writeLog(Row row, long offset, ByteBuffer content) throws Exception {
    change(
        LOG,
        1,
        offset / 1024,
        offset,
        row.getUuid("incarnation"),
        row.getLong("nonce"),
        row.getByte("encoding"),
        content);
  }

  private void deleteLog(long offset) throws Exception {
    change(
        "DELETE FROM %s.log USING now WHERE slice = 1 AND bucket = ? AND log_offset = ?",
        offset / 1024, offset);
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
}
