package govcloud.replication.archive;

import govcloud.protobuf.replica.v1.CutBlob;
import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobCheck;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.statement.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Goes through the attachments: those that a cut lists, and those that no cut lists yet. */
final class BlobWalk {
  private static final long WRONG = -1;

  private final BlobStore store;
  private final ReplicaTrust trust;
  private final Findings findings;

  /** Those that were looked at: bytes that are there, or that they are not right. */
  private final Map<BlobAddress, Long> lengths = new HashMap<>();

  private long good;

  BlobWalk(BlobStore store, ReplicaTrust trust, Findings findings) {
    this.store = store;
    this.trust = trust;
    this.findings = findings;
  }

  /** Looks at what a cut lists. One that is right has the length that the cut says. */
  void listed(Cut cut) throws ArchiveStoreException {
    Optional<String> wrong = Optional.empty();
    for (CutBlob blob : cut.statement().getBlobList()) {
      BlobAddress address = new BlobAddress(blob.getAddress());
      long length = look(address);
      if (length != WRONG && length != blob.getLength() && wrong.isEmpty()) {
        wrong = Optional.of(address.name() + ": " + length + " bytes are there");
      }
    }
    if (wrong.isPresent()) {
      findings.add(cut.mismatch(wrong.get()).finding());
    }
  }

  /** Looks at all others that are there. */
  void others() throws ArchiveStoreException {
    List<BlobAddress> others = new ArrayList<>();
    store.list(
        stored -> {
          if (!lengths.containsKey(stored.address())) {
            others.add(stored.address());
          }
        });
    for (BlobAddress address : others) {
      look(address);
    }
  }

  private long look(BlobAddress address) throws ArchiveStoreException {
    Long known = lengths.get(address);
    if (known != null) {
      return known;
    }
    Optional<Finding> finding = BlobCheck.verify(store, address, trust);
    finding.ifPresent(findings::add);
    long length = finding.isPresent() ? WRONG : store.length(address).orElse(WRONG);
    lengths.put(address, length);
    good += finding.isPresent() ? 0 : 1;
    return length;
  }

  /** Attachments that are right. */
  long good() {
    return good;
  }
}
