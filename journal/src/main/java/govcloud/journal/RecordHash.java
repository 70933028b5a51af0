package govcloud.journal;

import com.google.protobuf.ByteString;
import govcloud.protobuf.journal.v1.Record;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that chains an entity's records, and a slice's batches: SHA-256 of the bytes stored. */
public final class RecordHash {

  /** What the first record of an entity names as its previous hash. */
  public static final ByteString NONE = ByteString.EMPTY;

  private RecordHash() {}

  /** The hash of a record as the journal stores it; the next record's previous_hash. */
  public static ByteString of(Record record) {
    return of(record.toByteString());
  }

  /** The hash of stored bytes. */
  public static ByteString of(ByteString bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      bytes.asReadOnlyByteBufferList().forEach(digest::update);
      return ByteString.copyFrom(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every JDK)", e);
    }
  }
}
