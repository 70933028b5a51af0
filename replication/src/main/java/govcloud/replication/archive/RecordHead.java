package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import govcloud.protobuf.journal.v1.Record;
import java.io.IOException;

/**
 * What replication looks at in a record; all else stays opaque.
 *
 * @param tenant whose
 * @param entityId the whole entity id
 * @param sequence which of the entity's records
 */
public record RecordHead(String tenant, String entityId, long sequence) {
  private static final int TENANT =
      Record.TENANT_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int ENTITY_ID =
      Record.ENTITY_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int SEQUENCE = Record.SEQUENCE_FIELD_NUMBER << 3;

  /**
   * Reads a record's head.
   *
   * @throws IOException when it is no Protobuf
   */
  public static RecordHead of(ByteString record) throws IOException {
    CodedInputStream in = record.newCodedInput();
    String tenant = "";
    String entityId = "";
    long sequence = 0;
    while (!in.isAtEnd()) {
      int tag = in.readTag();
      if (tag == TENANT) {
        tenant = in.readStringRequireUtf8();
      } else if (tag == ENTITY_ID) {
        entityId = in.readStringRequireUtf8();
      } else if (tag == SEQUENCE) {
        sequence = in.readInt64();
      } else {
        in.skipField(tag);
      }
    }
    return new RecordHead(tenant, entityId, sequence);
  }
}
