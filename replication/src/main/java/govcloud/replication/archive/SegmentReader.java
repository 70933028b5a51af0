package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.BatchFrame;
import govcloud.protobuf.replica.v1.FramePart;
import govcloud.protobuf.replica.v1.SegmentStatement;
import govcloud.protobuf.replica.v1.TenantPart;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.PartPlace;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Opens segments with the keys of their epoch, and checks that what is inside is what the statement
 * promised: every batch's hash, every record's owner, every entity's span.
 */
public final class SegmentReader {
  private final EpochKeys keys;

  /** A reader for one epoch. */
  public SegmentReader(EpochKeys keys) {
    this.keys = keys;
  }

  /**
   * The batches, byte by byte as the log had them.
   *
   * @throws DamagedReplicaException when a key is wrong or the content differs from the statement
   */
  public List<ByteString> batches(Segment segment) throws DamagedReplicaException {
    FramePart frame = frame(segment);
    List<List<ByteString>> records = new ArrayList<>();
    SealedBody body = body(segment);
    records.add(List.of());
    for (int i = 1; i < segment.statement().getPartCount(); i++) {
      records.add(records(segment, body, i, frame.getTenant(i - 1)));
    }
    List<ByteString> batches = join(segment, frame, records);
    checkChain(segment, batches);
    return batches;
  }

  /**
   * One tenant's records, in the order of the log; no other tenant's key is used.
   *
   * @return none where the segment has none of this tenant
   */
  public List<ByteString> records(Segment segment, String tenant) throws DamagedReplicaException {
    ByteString pseudonym = keys.tenant(tenant);
    for (int i = 1; i < segment.statement().getPartCount(); i++) {
      if (segment.statement().getPart(i).getTenant().equals(pseudonym)) {
        return records(segment, body(segment), i, tenant);
      }
    }
    return List.of();
  }

  /** The names of the tenants that have records in a segment, in the order of its parts. */
  public List<String> tenants(Segment segment) throws DamagedReplicaException {
    return frame(segment).getTenantList();
  }

  private FramePart frame(Segment segment) throws DamagedReplicaException {
    SegmentStatement statement = segment.statement();
    byte[] text = body(segment).open(0, keys.frameKey(place(statement), statement.getSalt()));
    try {
      FramePart frame = FramePart.parseFrom(text);
      if (frame.getTenantCount() != statement.getPartCount() - 1) {
        throw wrong(segment, "part 0: names " + frame.getTenantCount() + " tenants");
      }
      return frame;
    } catch (InvalidProtocolBufferException e) {
      throw wrong(segment, "part 0: " + e.getMessage());
    }
  }

  private List<ByteString> records(Segment segment, SealedBody body, int part, String tenant)
      throws DamagedReplicaException {
    SegmentStatement statement = segment.statement();
    byte[] text =
        body.open(part, keys.tenantKey(tenant, place(statement), statement.getSalt(), part));
    TenantDraft draft = new TenantDraft(tenant, keys.names(tenant));
    try {
      // The bytes are this reader's own and are never written again.
      List<ByteString> records =
          TenantPart.parseFrom(UnsafeByteOperations.unsafeWrap(text)).getRecordList();
      for (ByteString record : records) {
        RecordHead head = RecordHead.of(record);
        if (!head.tenant().equals(tenant)) {
          throw wrong(segment, "part " + part + ": holds a record of another tenant");
        }
        draft.add(head, record);
      }
      if (!draft.entities().equals(statement.getPart(part).getEntityList())) {
        throw wrong(segment, "part " + part + ": entity spans differ");
      }
      return records;
    } catch (IOException e) {
      throw wrong(segment, "part " + part + ": " + e.getMessage());
    }
  }

  private static List<ByteString> join(
      Segment segment, FramePart frame, List<List<ByteString>> records)
      throws DamagedReplicaException {
    int[] taken = new int[records.size()];
    List<ByteString> batches = new ArrayList<>(frame.getBatchCount());
    try {
      for (BatchFrame batch : frame.getBatchList()) {
        batches.add(
            SplitBatch.join(
                batch.getLiteral(), batch.getPartList(), part -> next(records, taken, part)));
      }
    } catch (IOException e) {
      throw wrong(segment, "batch " + batches.size() + ": " + e.getMessage());
    }
    for (int i = 1; i < taken.length; i++) {
      if (taken[i] != records.get(i).size()) {
        throw wrong(segment, "part " + i + ": more records than the batches have");
      }
    }
    return batches;
  }

  private static ByteString next(List<List<ByteString>> records, int[] taken, int part)
      throws IOException {
    if (part < 1 || part >= taken.length || taken[part] == records.get(part).size()) {
      throw new IOException("part " + part + ": has no further record");
    }
    return records.get(part).get(taken[part]++);
  }

  private void checkChain(Segment segment, List<ByteString> batches)
      throws DamagedReplicaException {
    ByteString.Output chain = ByteString.newOutput(batches.size() * ReplicaHash.LENGTH);
    try {
      for (ByteString batch : batches) {
        keys.batch(ReplicaHash.of(batch)).writeTo(chain);
      }
    } catch (IOException e) {
      throw new IllegalStateException("chain: cannot be written", e);
    }
    if (!chain.toByteString().equals(segment.statement().getBatchChain())) {
      throw wrong(segment, "the batches are not those of the chain");
    }
  }

  private static SealedBody body(Segment segment) {
    return new SealedBody(segment.checked(), segment.statement().getPartList());
  }

  private static PartPlace place(SegmentStatement statement) {
    return new PartPlace(
        StatementKind.SEGMENT, statement.getOrigin(), statement.getSlice(), statement.getNumber());
  }

  private static DamagedReplicaException wrong(Segment segment, String detail) {
    return segment.checked().about(ReplicaDefect.REPLICA_CONTENT_WRONG, detail);
  }
}
