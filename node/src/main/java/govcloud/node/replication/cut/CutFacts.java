package govcloud.node.replication.cut;

import com.typesafe.config.Config;
import govcloud.node.NodeContext;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.tenant.TenantRow;
import govcloud.node.tenant.TenantTable;
import govcloud.node.vault.VaultKeeper;
import govcloud.protobuf.journal.CommitCodecs;
import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.CutDeletion;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.cut.CutOrder;
import govcloud.replication.statement.SignedStatement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What goes into a cut beside the log: attachments, settings, versions. */
final class CutFacts {

  /** What a recovery must find again: where entities lie, how large batches are, when days end. */
  private static final List<String> SETTINGS =
      List.of(
          "govcloud.journal.slices",
          "govcloud.journal.max-batch-bytes",
          "govcloud.journal.max-batch-records",
          "govcloud.journal.max-record-bytes",
          "govcloud.catalogue.calendar",
          "govcloud.catalogue.time-zone",
          "govcloud.catalogue.cloud-kind");

  private final BlobStore blobs;
  private final Config config;
  private final Supplier<TenantTable> tenants;
  private final Optional<VaultKeeper> vault;

  CutFacts(NodeContext context, BlobStore blobs, Supplier<TenantTable> tenants) {
    this.blobs = blobs;
    this.config = context.system().settings().config();
    this.tenants = tenants;
    this.vault = context.personal().keeper();
  }

  /**
   * The order for the cut of a moment. Blocks.
   *
   * @param drained whether the site accepted nothing any more when it was closed
   */
  CutOrder order(Moment moment, CutDeletion deletion, boolean drained)
      throws ArchiveStoreException {
    return new CutOrder(
        moment.clock(),
        moment.marks(),
        tenantNames(),
        blobs(),
        settings(),
        versions(),
        deletion,
        drained);
  }

  /**
   * All that are there now, which is after the moment: every one that the log up to there names is
   * among them, because a case can only name what is stored.
   */
  private List<CutBlob> blobs() throws ArchiveStoreException {
    List<CutBlob> all = new ArrayList<>();
    blobs.list(
        blob ->
            all.add(
                CutBlob.newBuilder()
                    .setAddress(blob.address().hash())
                    .setLength(blob.length())
                    .build()));
    return all;
  }

  private Set<String> tenantNames() {
    Set<String> names = new HashSet<>();
    names.add("");
    PageRequest request = PageRequest.first(PageRequest.MAXIMUM_SIZE);
    Page<TenantRow> page = page(request);
    page.items().forEach(row -> names.add(row.tenant()));
    while (page.nextPageToken().isPresent()) {
      request = request.after(page);
      page = page(request);
      page.items().forEach(row -> names.add(row.tenant()));
    }
    return names;
  }

  private Page<TenantRow> page(PageRequest request) {
    return tenants
        .get()
        .list(Optional.empty(), TenantTable.Sort.TENANT, request)
        .toCompletableFuture()
        .join();
  }

  private SortedMap<String, String> settings() {
    SortedMap<String, String> settings = new TreeMap<>();
    SETTINGS.forEach(key -> settings.put(key, config.getString(key)));
    vault
        .map(VaultKeeper::copied)
        .filter(number -> number > 0)
        .ifPresent(number -> settings.put(CutOrder.VAULT_COPY, Long.toString(number)));
    return settings;
  }

  private SortedMap<String, String> versions() {
    SortedMap<String, String> versions = new TreeMap<>();
    versions.put("govcloud", config.getString("pekko.cluster.app-version"));
    versions.put("replica", Integer.toString(SignedStatement.VERSION));
    CommitCodecs.all()
        .forEach(codec -> versions.put(codec.manifest(), Integer.toString(codec.schemaVersion())));
    return versions;
  }
}
