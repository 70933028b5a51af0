package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.BatchFrame;
import govcloud.protobuf.replica.v1.FramePart;
import govcloud.protobuf.replica.v1.SealedPart;
import govcloud.protobuf.replica.v1.SegmentStatement;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.PartPlace;
import govcloud.replication.keys.TenantNames;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.Signer;
import govcloud.replication.statement.StatementKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes segments. The same batches behind the same head always give the same bytes, so a segment
 * can be made again after a crash. Not for several threads.
 */
public final class SegmentWriter {
  private final Signer signer;
  private final EpochKeys keys;
  private final int level;
  private final Map<String, TenantNames> names = new HashMap<>();

  /**
   * A writer for one epoch.
   *
   * @param signer the cloud's; names the origin
   * @param level of Zstandard, 1 to 19; 3 is usual
   */
  public SegmentWriter(Signer signer, EpochKeys keys, int level) {
    this.signer = signer;
    this.keys = keys;
    this.level = level;
  }

  /** A batch with the place of each of its records. */
  private record Placed(SplitBatch batch, List<TenantDraft> owners) {}

  /**
   * Makes the next segment of a slice, of all batches or of those up to the first mark: a segment
   * ends where a clock is closed, so that a cut can end there.
   *
   * @param head what it continues
   * @param batches consecutive batches as the log stores them, before compression
   * @return the file, and the head behind what is in it
   * @throws SourceLogException when the batches are not those that follow the head
   */
  public WrittenSegment write(SliceHead head, List<ByteString> batches) throws SourceLogException {
    if (batches.isEmpty() || batches.size() > ReplicaLimits.BATCHES) {
      throw new IllegalArgumentException(
          "batches: " + batches.size() + " (expected: 1 to " + ReplicaLimits.BATCHES + ")");
    }
    Map<String, TenantDraft> drafts = new HashMap<>();
    SegmentStatement.Builder statement = begin(head);
    List<Placed> placed = new ArrayList<>(batches.size());
    ByteString chain = head.chain();
    byte[] chains = new byte[batches.size() * ReplicaHash.LENGTH];
    for (int i = 0; i < batches.size(); i++) {
      SplitBatch batch = split(head, i, batches.get(i));
      if (!keys.batch(batch.previousHash()).equals(chain)) {
        throw new SourceLogException(
            head.slice(), head.nextOffset() + i, "does not name the batch before it");
      }
      placed.add(place(head, i, batch, drafts));
      chain = keys.batch(ReplicaHash.of(batches.get(i)));
      chain.copyTo(chains, i * ReplicaHash.LENGTH);
      statement.setHighestClock(batch.highestClock());
      if (batch.mark()) {
        break;
      }
    }
    int written = placed.size() * ReplicaHash.LENGTH;
    statement.setBatchChain(UnsafeByteOperations.unsafeWrap(chains, 0, written));
    ByteString file = seal(statement, placed, sorted(drafts));
    return new WrittenSegment(file, after(head, placed.size(), chain, file));
  }

  private SegmentStatement.Builder begin(SliceHead head) {
    return SegmentStatement.newBuilder()
        .setOrigin(signer.current().cloud())
        .setSlice(head.slice())
        .setNumber(head.number() + 1)
        .setFirstOffset(head.nextOffset())
        .setPreviousSegment(head.segmentHash())
        .setChainBefore(head.chain())
        .setGrant(keys.grant());
  }

  private static SplitBatch split(SliceHead head, int index, ByteString batch)
      throws SourceLogException {
    try {
      return SplitBatch.of(batch);
    } catch (IOException e) {
      throw new SourceLogException(head.slice(), head.nextOffset() + index, "is no batch", e);
    }
  }

  private Placed place(SliceHead head, int index, SplitBatch batch, Map<String, TenantDraft> drafts)
      throws SourceLogException {
    List<TenantDraft> owners = new ArrayList<>(batch.records().size());
    try {
      for (ByteString record : batch.records()) {
        RecordHead recordHead = RecordHead.of(record);
        TenantDraft draft = drafts.computeIfAbsent(recordHead.tenant(), this::draft);
        draft.add(recordHead, record);
        owners.add(draft);
      }
    } catch (IOException e) {
      throw new SourceLogException(
          head.slice(), head.nextOffset() + index, "holds what is no record", e);
    }
    return new Placed(batch, owners);
  }

  private TenantDraft draft(String tenant) {
    return new TenantDraft(tenant, names.computeIfAbsent(tenant, keys::names));
  }

  private static List<TenantDraft> sorted(Map<String, TenantDraft> drafts) {
    Map<ByteString, TenantDraft> sorted = new TreeMap<>(Pseudonyms.ORDER);
    drafts.values().forEach(draft -> sorted.put(draft.pseudonym(), draft));
    return List.copyOf(sorted.values());
  }

  private ByteString seal(
      SegmentStatement.Builder statement, List<Placed> placed, List<TenantDraft> drafts) {
    try (PartSealer sealer = new PartSealer(level)) {
      sealer.add(frame(placed, drafts));
      drafts.forEach(draft -> sealer.add(draft.text()));
      return seal(statement, sealer, drafts);
    }
  }

  private ByteString seal(
      SegmentStatement.Builder statement, PartSealer sealer, List<TenantDraft> drafts) {
    PartPlace place =
        new PartPlace(
            StatementKind.SEGMENT,
            statement.getOrigin(),
            statement.getSlice(),
            statement.getNumber());
    ByteString salt = keys.salt(place, sealer.compressed());
    List<SealedPart> parts = new ArrayList<>();
    parts.add(sealer.seal(0, keys.frameKey(place, salt)).build());
    long records = 0;
    for (int i = 1; i <= drafts.size(); i++) {
      TenantDraft draft = drafts.get(i - 1);
      records += draft.records();
      parts.add(
          sealer
              .seal(i, keys.tenantKey(draft.tenant(), place, salt, i))
              .setTenant(draft.pseudonym())
              .setRecords(draft.records())
              .addAllEntity(draft.entities())
              .build());
    }
    statement.setSalt(salt).setRecords(records).addAllPart(parts);
    statement.setEntityRoot(Leaves.entityRoot(parts));
    return UnsafeByteOperations.unsafeWrap(
        sealer.file(
            SignedStatement.sign(
                StatementKind.SEGMENT, statement.build().toByteString(), signer.current())));
  }

  private static byte[] frame(List<Placed> placed, List<TenantDraft> drafts) {
    Map<TenantDraft, Integer> index = new HashMap<>();
    drafts.forEach(draft -> index.put(draft, index.size() + 1));
    FramePart.Builder frame = FramePart.newBuilder();
    drafts.forEach(draft -> frame.addTenant(draft.tenant()));
    for (Placed one : placed) {
      BatchFrame.Builder batch = BatchFrame.newBuilder().setLiteral(one.batch().literal());
      one.owners().forEach(owner -> batch.addPart(index.get(owner)));
      frame.addBatch(batch);
    }
    return frame.build().toByteArray();
  }

  private static SliceHead after(SliceHead head, int batches, ByteString chain, ByteString file) {
    int statement = file.substring(8, 12).asReadOnlyByteBuffer().getInt();
    return new SliceHead(
        head.slice(),
        head.number() + 1,
        ReplicaHash.of(file.substring(0, SignedStatement.PREFIX + statement)),
        head.nextOffset() + batches,
        chain);
  }
}
