package govcloud.faultlab.checker;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.faultlab.history.Operation.Kind;
import govcloud.protobuf.journal.v1.CaseChange;
import govcloud.protobuf.journal.v1.CaseCommit;
import govcloud.protobuf.journal.v1.Record;
import java.util.Optional;

/**
 * A record of an entity, where it lies in the log.
 *
 * @param slice which log
 * @param position batch offset times 2^20 plus index
 * @param record decoded
 * @param hash SHA-256 of its bytes
 * @param key idempotency key of the request that made it; of a case, else empty
 * @param kind what it does to a case; empty if it is none of what the lab asks for
 * @param text what it writes
 */
record StoredRecord(
    int slice,
    long position,
    Record record,
    ByteString hash,
    String key,
    Optional<Kind> kind,
    String text) {

  /** A position is an offset, shifted by this, plus the place in the batch. */
  static final int INDEX_BITS = 20;

  static StoredRecord parse(int slice, long offset, int index, ByteString bytes)
      throws InvalidProtocolBufferException {
    Record record = Record.parseFrom(bytes);
    long position = offset << INDEX_BITS | index;
    ByteString hash = Bytes.sha256(bytes);
    if (!record.getManifest().equals("case/1")) {
      return new StoredRecord(slice, position, record, hash, "", Optional.empty(), "");
    }
    CaseCommit commit = CaseCommit.parseFrom(record.getPayload());
    CaseChange change =
        commit.getChangesCount() == 0 ? CaseChange.getDefaultInstance() : commit.getChanges(0);
    return new StoredRecord(
        slice,
        position,
        record,
        hash,
        commit.getHeader().getIdempotencyKey(),
        kind(change),
        text(change));
  }

  private static Optional<Kind> kind(CaseChange change) {
    return switch (change.getKindCase()) {
      case CREATED -> Optional.of(Kind.CREATE);
      case COMMENTED -> Optional.of(Kind.COMMENT);
      case ASSIGNED -> Optional.of(Kind.ASSIGN);
      default -> Optional.empty();
    };
  }

  private static String text(CaseChange change) {
    return switch (change.getKindCase()) {
      case CREATED -> change.getCreated().getTitle();
      case COMMENTED -> change.getCommented().getText();
      case ASSIGNED -> change.getAssigned().getAssignee();
      default -> "";
    };
  }

  String entity() {
    return record.getEntityId();
  }

  long sequence() {
    return record.getSequence();
  }

  boolean ofCase() {
    return record.getEntityType().equals("case");
  }
}
