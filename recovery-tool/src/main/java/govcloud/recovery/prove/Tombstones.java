package govcloud.recovery.prove;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.domain.subject.SubjectState;
import govcloud.protobuf.journal.v1.EntityChunk;
import govcloud.protobuf.journal.v1.Record;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/** What a restored log says of erasures: whose key was destroyed. For several threads. */
public final class Tombstones {
  private final StoredRows rows;

  /** Of the cloud in a keyspace. */
  public Tombstones(CqlSession session, String keyspace) {
    this.rows = new StoredRows(session, keyspace);
  }

  /**
   * Whether a key of a person was erased.
   *
   * @param tenant the department
   * @param subject the person's pseudonym in it
   * @param key its name
   * @return fails with a {@link RecoveryException} where the person's entity cannot be read
   */
  public CompletionStage<Boolean> erased(String tenant, String subject, String key) {
    String entity = "subject/" + tenant + "/" + subject;
    return rows.chunks(entity).thenApply(found -> isErased(entity, found, key));
  }

  private static boolean isErased(String entity, AsyncResultSet found, String key) {
    List<Record> records = new ArrayList<>();
    try {
      for (Row row : everyPage(found)) {
        for (ByteString record :
            EntityChunk.parseFrom(StoredRows.unpacked(row, "records")).getRecordList()) {
          records.add(Record.parseFrom(record));
        }
      }
    } catch (InvalidProtocolBufferException e) {
      throw new CompletionException(
          new RecoveryException(
              Code.RECOVERY_ARCHIVE_DAMAGED, entity + ": its records cannot be read", e));
    }
    return !records.isEmpty()
        && ((SubjectState) Replay.state(records))
            .erasures().stream().anyMatch(erasure -> erasure.key().equals(key));
  }

  /** A person has few records: all are on the first page, or the entity is not a person's. */
  private static List<Row> everyPage(AsyncResultSet found) {
    if (found.hasMorePages()) {
      throw new IllegalStateException("subject: more than a page of chunks");
    }
    return StreamSupport.stream(found.currentPage().spliterator(), false).toList();
  }
}
