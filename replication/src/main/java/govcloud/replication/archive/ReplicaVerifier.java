package govcloud.replication.archive;

import govcloud.replication.blob.BlobStore;
import govcloud.replication.statement.Finding;
import govcloud.replication.statement.StatementKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Checks a whole replica without any decryption key: every signature, every chunk, every chain,
 * what manifests, receipts and cuts name, that cuts agree with the segments, and every attachment.
 * Names every damaged or missing file, and no other.
 */
public final class ReplicaVerifier {
  private final ArchiveStore store;
  private final BlobStore blobs;
  private final ReplicaTrust trust;

  /**
   * A verifier for the replica in a store.
   *
   * @param blobs the attachments that belong to it
   */
  public ReplicaVerifier(ArchiveStore store, BlobStore blobs, ReplicaTrust trust) {
    this.store = store;
    this.blobs = blobs;
    this.trust = trust;
  }

  /**
   * Checks everything.
   *
   * @param anchor what is known to have been there
   * @throws ArchiveStoreException when the store does not work
   */
  public ReplicaReport verify(ReplicaAnchor anchor) throws ArchiveStoreException {
    return verify(anchor, finding -> {});
  }

  /**
   * The same.
   *
   * @param found hears of each finding at once
   */
  public ReplicaReport verify(ReplicaAnchor anchor, Consumer<Finding> found)
      throws ArchiveStoreException {
    Findings findings = new Findings(found);
    List<ArchiveName> countersignatures = store.list(StatementKind.COUNTERSIGNATURE);
    long lastCut = Math.max(last(store.list(StatementKind.CUT)), last(countersignatures));
    CutChain chain = new CutChain(store, trust, findings);
    chain.run(lastCut, anchor);
    ManifestWalk manifests = new ManifestWalk(store, trust, findings, chain);
    manifests.run(store.list(StatementKind.MANIFEST), anchor);
    ReplicaHeads heads = new ReplicaHeads();
    SortedMap<Integer, SliceWalk> slices = slices(findings, chain, manifests, heads);
    BlobWalk attachments = new BlobWalk(blobs, trust, findings);
    CutWalk cuts = new CutWalk(store, trust, findings, chain, slices, heads, attachments);
    cuts.run(lastCut, countersignatures, anchor);
    for (SliceWalk slice : slices.values()) {
      slice.advance(Long.MAX_VALUE);
    }
    attachments.others();
    return new ReplicaReport(
        findings.list(),
        manifests.good(),
        slices.values().stream().mapToLong(SliceWalk::segments).sum(),
        slices.values().stream().mapToLong(SliceWalk::records).sum(),
        slices.values().stream().mapToLong(SliceWalk::receipts).sum(),
        attachments.good(),
        cuts.proved());
  }

  private SortedMap<Integer, SliceWalk> slices(
      Findings findings, CutChain chain, ManifestWalk manifests, ReplicaHeads heads)
      throws ArchiveStoreException {
    Map<Integer, Long> last = new HashMap<>(manifests.lastNumbers());
    Map<Integer, Long> lastReceipt = new HashMap<>();
    for (ArchiveName name : store.list(StatementKind.SEGMENT)) {
      last.merge(name.slice(), name.number(), Math::max);
    }
    for (ArchiveName name : store.list(StatementKind.RECEIPT)) {
      last.merge(name.slice(), name.number(), Math::max);
      lastReceipt.merge(name.slice(), name.number(), Math::max);
    }
    SortedMap<Integer, SliceWalk> slices = new TreeMap<>();
    last.forEach(
        (slice, number) ->
            slices.put(
                slice,
                new SliceWalk(
                    slice,
                    store,
                    trust,
                    findings,
                    manifests,
                    heads,
                    number,
                    chain.settled().getOrDefault(slice, 0L),
                    lastReceipt.getOrDefault(slice, 0L))));
    return slices;
  }

  private static long last(List<ArchiveName> names) {
    return names.isEmpty() ? 0 : names.get(names.size() - 1).number();
  }
}
