package govcloud.replication.archive;

import com.google.protobuf.ByteString;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaDefect;
import java.util.Optional;

/** Goes through the segments and receipts of one slice, in order. */
final class SliceWalk {
  private final ArchiveStore store;
  private final ReplicaTrust trust;
  private final Findings findings;
  private final ManifestWalk manifests;
  private final ReplicaHeads heads;
  private final long last;
  private final long settled;
  private final long lastReceipt;
  private SliceHead head;
  private boolean complete = true;
  private Optional<Segment> ahead = Optional.empty();
  private long next = 1;
  private long peeked;
  private long segments;
  private long records;
  private long receipts;

  /**
   * A walk from the slice's start.
   *
   * @param last number of the last segment that is there, or that a manifest or receipt names
   * @param settled receipts below this number may have been deleted
   * @param lastReceipt number of the last receipt that is there
   */
  SliceWalk(
      int slice,
      ArchiveStore store,
      ReplicaTrust trust,
      Findings findings,
      ManifestWalk manifests,
      ReplicaHeads heads,
      long last,
      long settled,
      long lastReceipt) {
    this.store = store;
    this.trust = trust;
    this.findings = findings;
    this.manifests = manifests;
    this.heads = heads;
    this.last = last;
    this.settled = settled;
    this.lastReceipt = lastReceipt;
    this.head = SliceHead.start(slice);
  }

  /** Goes on up to a number, or to the end, and looks at the segment behind it. */
  void advance(long number) throws ArchiveStoreException {
    while (next <= Math.min(number, last)) {
      Optional<Segment> segment = peek();
      ahead = Optional.empty();
      ArchiveName receipt = ArchiveName.receipt(head.slice(), next);
      next++;
      if (segment.isPresent()) {
        take(segment.get());
      } else {
        complete = false;
      }
      takeReceipt(receipt, segment);
    }
    peek();
  }

  /** The segment behind those taken; empty where there is none or it is damaged. */
  Optional<Segment> ahead() {
    return ahead;
  }

  /** Reads the next segment once; empty where there is none or it is damaged. */
  private Optional<Segment> peek() throws ArchiveStoreException {
    if (ahead.isEmpty() && next <= last && next > peeked) {
      peeked = next;
      ahead = read(ArchiveName.segment(head.slice(), next));
    }
    return ahead;
  }

  private Optional<Segment> read(ArchiveName name) throws ArchiveStoreException {
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty()) {
      findings.add(
          ReplicaDefect.REPLICA_MISSING, name, "a later one, a manifest or a receipt is there");
      return Optional.empty();
    }
    Optional<Segment> segment = findings.found(() -> Segment.verify(name, file.get(), trust));
    Optional<ByteString> named = manifests.named(name);
    if (segment.isPresent() && named.isPresent() && !named.get().equals(segment.get().hash())) {
      findings.add(ReplicaDefect.REPLICA_FORKED, name, "the manifest names another one");
      return Optional.empty();
    }
    return segment;
  }

  private void take(Segment segment) {
    ArchiveName name = ArchiveName.segment(head.slice(), segment.statement().getNumber());
    segments++;
    records += segment.statement().getRecords();
    if (complete && !segment.continues(head)) {
      findings.add(ReplicaDefect.REPLICA_GAP, name, "does not continue the segment before");
    }
    if (complete) {
      heads.add(segment).forEach(gap -> findings.add(ReplicaDefect.REPLICA_ENTITY_GAP, name, gap));
    }
    head = segment.head();
  }

  private void takeReceipt(ArchiveName name, Optional<Segment> segment)
      throws ArchiveStoreException {
    if (name.number() > lastReceipt) {
      return;
    }
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty() && name.number() < settled) {
      return;
    }
    if (file.isEmpty()) {
      findings.add(ReplicaDefect.REPLICA_MISSING, name, "a later one is there");
      return;
    }
    findings.found(() -> checked(name, file.get(), segment)).ifPresent(receipt -> receipts++);
  }

  private Receipt checked(ArchiveName name, byte[] file, Optional<Segment> segment)
      throws DamagedReplicaException {
    Receipt receipt = Receipt.verify(name, file, trust);
    if (segment.isPresent()) {
      receipt.requireFor(segment.get().head());
    }
    return receipt;
  }

  /** Behind the last segment taken. */
  SliceHead head() {
    return head;
  }

  /** Whether every segment so far was there and right. */
  boolean isComplete() {
    return complete;
  }

  long segments() {
    return segments;
  }

  long records() {
    return records;
  }

  long receipts() {
    return receipts;
  }
}
