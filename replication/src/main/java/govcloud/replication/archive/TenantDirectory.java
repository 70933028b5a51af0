package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutTenant;
import govcloud.protobuf.replica.v1.DirectoryEntry;
import govcloud.protobuf.replica.v1.DirectoryPart;
import govcloud.replication.keys.EpochKeys;
import govcloud.replication.keys.TenantNames;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tenant in a cut.
 *
 * @param tenant its name
 * @param cut what everybody may see: pseudonym, sums, Merkle root
 * @param directory where each of its entities ends
 */
public record TenantDirectory(String tenant, CutTenant cut, DirectoryPart directory) {

  /**
   * Made from where the tenant's entities end.
   *
   * @param keys of any epoch: names are the same in all
   */
  public static TenantDirectory of(
      EpochKeys keys, String tenant, Map<String, EntityHead> entities) {
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
    return new TenantDirectory(tenant, cut, directory.build());
  }
}
