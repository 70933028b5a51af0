package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import govcloud.protobuf.replica.v1.EntitySpan;
import govcloud.protobuf.replica.v1.TenantPart;
import govcloud.replication.keys.TenantNames;
import govcloud.replication.statement.ReplicaHash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tenant's part while it is gathered. */
final class TenantDraft {
  /** An entity's consecutive records. */
  private record Span(long from, long to, ByteString last) {}

  private final String tenant;
  private final TenantNames names;
  private final List<ByteString> records = new ArrayList<>();
  private final Map<String, List<Span>> spans = new LinkedHashMap<>();

  TenantDraft(String tenant, TenantNames names) {
    this.tenant = tenant;
    this.names = names;
  }

  String tenant() {
    return tenant;
  }

  ByteString pseudonym() {
    return names.tenant();
  }

  long records() {
    return records.size();
  }

  /** Adds a record. One that does not follow the entity's last begins a span of its own. */
  void add(RecordHead head, ByteString record) {
    records.add(record);
    List<Span> list = spans.computeIfAbsent(head.entityId(), id -> new ArrayList<>(1));
    int last = list.size() - 1;
    if (last >= 0 && list.get(last).to() + 1 == head.sequence()) {
      list.set(last, new Span(list.get(last).from(), head.sequence(), record));
    } else {
      list.add(new Span(head.sequence(), head.sequence(), record));
    }
  }

  /** The spans by ascending pseudonym, those of one entity in the order of the log. */
  List<EntitySpan> entities() {
    List<EntitySpan> entities = new ArrayList<>(spans.size());
    spans.forEach(
        (id, list) -> {
          ByteString entity = names.entity(id);
          for (Span span : list) {
            entities.add(
                EntitySpan.newBuilder()
                    .setEntity(entity)
                    .setFrom(span.from())
                    .setTo(span.to())
                    .setChain(names.chain(ReplicaHash.of(span.last())))
                    .build());
          }
        });
    entities.sort((a, b) -> Pseudonyms.ORDER.compare(a.getEntity(), b.getEntity()));
    return entities;
  }

  /** The part as it is compressed: a {@code TenantPart}, written without building one. */
  byte[] text() {
    int tag = TenantPart.RECORD_FIELD_NUMBER;
    int size = 0;
    for (ByteString record : records) {
      size += CodedOutputStream.computeBytesSize(tag, record);
    }
    byte[] text = new byte[size];
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(text);
      for (ByteString record : records) {
        out.writeBytes(tag, record);
      }
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new IllegalStateException("part: cannot be written", e);
    }
    return text;
  }
}
