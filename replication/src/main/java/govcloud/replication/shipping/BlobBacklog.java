package govcloud.replication.shipping;

import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobStore;
import govcloud.replication.blob.StoredBlob;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which blobs are here and not known to be at the sibling. Lives in memory: what the sibling has,
 * it is asked again. For several threads.
 */
public final class BlobBacklog {
  private final Map<BlobAddress, Waiting> waiting = new TreeMap<>();
  private final BitSet known = new BitSet(BlobStore.BRANCHES);

  private record Waiting(long length, long sinceMillis) {}

  /** Hears of one that is kept here and about to be sent. */
  public synchronized void lacks(StoredBlob blob, long nowMillis) {
    waiting.putIfAbsent(blob.address(), new Waiting(blob.length(), nowMillis));
  }

  /** Hears that the sibling has one. */
  public synchronized void arrived(BlobAddress address) {
    waiting.remove(address);
  }

  /** Takes in what the sibling lacks of a branch, in place of what was known of it. */
  synchronized void branch(int branch, List<StoredBlob> lacking, long nowMillis) {
    var still = lacking.stream().map(StoredBlob::address).collect(Collectors.toSet());
    waiting.keySet().removeIf(one -> branchOf(one) == branch && !still.contains(one));
    lacking.forEach(blob -> lacks(blob, nowMillis));
    known.set(branch);
  }

  private static int branchOf(BlobAddress address) {
    return address.hash().byteAt(0) & 0xff;
  }

  /** Whether something of a branch is missing. */
  synchronized boolean isMissingFrom(int branch) {
    return waiting.keySet().stream().anyMatch(one -> branchOf(one) == branch);
  }

  /** All of them. */
  synchronized List<StoredBlob> list() {
    return waiting.entrySet().stream()
        .map(entry -> new StoredBlob(entry.getKey(), entry.getValue().length()))
        .toList();
  }

  /** Whether none is known to be missing. */
  public synchronized boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** What is missing; empty until the sibling has said of every branch what it has. */
  public synchronized Optional<MissingBlobs> missing() {
    return known.cardinality() < BlobStore.BRANCHES
        ? Optional.empty()
        : Optional.of(
            new MissingBlobs(
                waiting.size(),
                waiting.values().stream().mapToLong(Waiting::length).sum(),
                waiting.values().stream().mapToLong(Waiting::sinceMillis).min().orElse(0)));
  }
}
