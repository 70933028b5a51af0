package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.protobuf.replica.v1.CutStatement;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.protobuf.replica.v1.DirectoryEntry;
import govcloud.protobuf.replica.v1.DirectoryPart;
import govcloud.protobuf.replica.v1.NamedValue;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.PartPlace;
import govcloud.replication.keys.TenantNames;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.SigningKey;
import govcloud.replication.statement.StatementKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes cuts: the signed roots, and each tenant's id directory sealed under its own key. */
public final class CutWriter {
  private final SigningKey signingKey;
  private final EpochKeys keys;
  private final int level;

  /**
   * A writer for one epoch.
   *
   * @param level of Zstandard, 1 to 19
   */
  public CutWriter(SigningKey signingKey, EpochKeys keys, int level) {
    this.signingKey = signingKey;
    this.keys = keys;
    this.level = level;
  }

  /** A tenant with its directory. */
  private record Draft(String tenant, CutTenant cut, DirectoryPart directory) {}

  /**
   * Makes a cut.
   *
   * @param previous hash of the cut before, empty for number 1
   * @return the file
   */
  public ByteString write(long number, ByteString previous, CutContent content) {
    List<Draft> drafts = new ArrayList<>();
    content.tenants().forEach((tenant, entities) -> drafts.add(draft(tenant, entities)));
    drafts.sort((a, b) -> Pseudonyms.ORDER.compare(a.cut().getTenant(), b.cut().getTenant()));
    CutStatement.Builder statement =
        CutStatement.newBuilder()
            .setOrigin(signingKey.cloud())
            .setNumber(number)
            .setPreviousCut(previous)
            .setClosedClock(content.closedClock())
            .addAllSlice(slices(content.slices()))
            .addAllBlob(blobs(content.blobs()))
            .addAllSetting(named(content.settings()))
            .addAllVersion(named(content.versions()))
            .setGrant(keys.grant());
    drafts.forEach(draft -> statement.addTenant(draft.cut()));
    statement.setRoot(Leaves.cutRoot(statement.getTenantList()));
    statement.setRecords(drafts.stream().mapToLong(draft -> draft.cut().getRecords()).sum());
    return seal(statement, drafts);
  }

  private Draft draft(String tenant, Map<String, EntityHead> entities) {
    TenantNames names = keys.names(tenant);
    SortedMap<ByteString, String> sorted = new TreeMap<>(Pseudonyms.ORDER);
    entities.keySet().forEach(id -> sorted.put(names.entity(id), id));
    DirectoryPart.Builder directory = DirectoryPart.newBuilder().setTenant(tenant);
    MerkleTree tree = new MerkleTree();
    long records = 0;
    for (Map.Entry<ByteString, String> entry : sorted.entrySet()) {
      EntityHead head = entities.get(entry.getValue());
      records += head.sequence();
      tree.add(Leaves.entity(entry.getKey(), head.sequence(), names.chain(head.chain())));
      directory.addEntity(
          DirectoryEntry.newBuilder()
              .setEntityId(entry.getValue())
              .setSequence(head.sequence())
              .setChain(head.chain()));
    }
    CutTenant cut =
        CutTenant.newBuilder()
            .setTenant(names.tenant())
            .setEntities(sorted.size())
            .setRecords(records)
            .setRoot(tree.root())
            .build();
    return new Draft(tenant, cut, directory.build());
  }

  private ByteString seal(CutStatement.Builder statement, List<Draft> drafts) {
    try (PartSealer sealer = new PartSealer(level)) {
      drafts.forEach(draft -> sealer.add(draft.directory().toByteArray()));
      return seal(statement, sealer, drafts);
    }
  }

  private ByteString seal(CutStatement.Builder statement, PartSealer sealer, List<Draft> drafts) {
    PartPlace place =
        new PartPlace(StatementKind.CUT, statement.getOrigin(), 0, statement.getNumber());
    ByteString salt = keys.salt(place, sealer.compressed());
    statement.setSalt(salt);
    for (int i = 0; i < drafts.size(); i++) {
      Draft draft = drafts.get(i);
      statement.addDirectory(
          sealer
              .seal(i, keys.tenantKey(draft.tenant(), place, salt, i))
              .setTenant(draft.cut().getTenant()));
    }
    return UnsafeByteOperations.unsafeWrap(
        sealer.file(
            SignedStatement.sign(StatementKind.CUT, statement.build().toByteString(), signingKey)));
  }

  private static List<CutSlice> slices(List<SliceHead> heads) {
    return heads.stream()
        .sorted(Comparator.comparingInt(SliceHead::slice))
        .map(
            head ->
                CutSlice.newBuilder()
                    .setSlice(head.slice())
                    .setSegment(head.number())
                    .setSegmentHash(head.segmentHash())
                    .build())
        .toList();
  }

  private static List<CutBlob> blobs(List<CutBlob> blobs) {
    return blobs.stream()
        .sorted((a, b) -> Pseudonyms.ORDER.compare(a.getAddress(), b.getAddress()))
        .toList();
  }

  private static List<NamedValue> named(SortedMap<String, String> values) {
    List<NamedValue> named = new ArrayList<>();
    values.forEach(
        (name, value) -> named.add(NamedValue.newBuilder().setName(name).setValue(value).build()));
    return named;
  }
}
