package govcloud.recovery.prove;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.cql.Row;
import govcloud.recovery.TestTarget;
import govcloud.recovery.replica.RecoveryPoint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A good restore whose rows are changed and mended again. */
abstract class SpoiltRestore {
  /** Written behind everything that a restore or another test has written. */
  private long timestamp = 10;

  TestTarget target;
  RecoveryPoint point;

  /** A change of the restored tables. */
  interface Change {
    void apply() throws Exception;
  }

  /** What the proof finds after a change, which is undone again. */
  final List<ProofFinding> found(Change spoil, Change mend) throws Exception {
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

  final void change(String statement, Object... values) throws Exception {
    target.execute(statement.replace("USING now", "USING TIMESTAMP " + timestamp++), values);
  }

  final Row row(String query, Object... values) throws Exception {
    return target.execute(query, values).one();
  }

  static final String LOG =
      "INSERT INTO %s.log (slice, bucket, log_offset, incarnation, nonce, encoding, content) VALUES"
          + " (?, ?, ?, ?, ?, ?, ?) USING now";

  final Row logRow(long offset) throws Exception {
    return row("SELECT * FROM %s.log WHERE slice = 1 AND bucket = 0 AND log_offset = ?", offset);
  }

  final void writeLog(Row row, long offset, ByteBuffer content) throws Exception {
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

  final void deleteLog(long offset) throws Exception {
    change(
        "DELETE FROM %s.log USING now WHERE slice = 1 AND bucket = ? AND log_offset = ?",
        offset / 1024, offset);
  }

  /** All rows of a slice's log, ascending; a small cloud has one partition of it. */
  final List<Row> logRows(int slice) throws Exception {
    return target.execute("SELECT * FROM %s.log WHERE slice = ? AND bucket = 0", slice).all();
  }

  final void writeLog(Row row) throws Exception {
    change(
        LOG,
        row.getInt("slice"),
        row.getLong("bucket"),
        row.getLong("log_offset"),
        row.getUuid("incarnation"),
        row.getLong("nonce"),
        row.getByte("encoding"),
        row.getByteBuffer("content"));
  }

  final void deleteLog(Row row) throws Exception {
    change(
        "DELETE FROM %s.log USING now WHERE slice = ? AND bucket = ? AND log_offset = ?",
        row.getInt("slice"), row.getLong("bucket"), row.getLong("log_offset"));
  }

  /** The places at which something is found. */
  static List<String> places(List<ProofFinding> findings, ProofDefect defect) {
    List<String> places = new ArrayList<>();
    for (ProofFinding finding : findings) {
      if (finding.defect() == defect) {
        places.add(finding.place());
      }
    }
    return places;
  }

  /** Does the same with each row. */
  interface OfRow {
    void apply(Row row) throws Exception;
  }

  static Change each(List<Row> rows, OfRow change) {
    return () -> {
      for (Row row : rows) {
        change.apply(row);
      }
    };
  }
}
