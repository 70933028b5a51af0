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
  private long news;

  /** Which news told of it decides what is older than a look, whatever the clock does. */
  private record Waiting(long length, long sinceMillis, long news, boolean leaving) {}

  /** Hears of one that is kept here and sent by whoever took it in. */
  public synchronized void leaves(StoredBlob blob, long nowMillis) {
    waiting.putIfAbsent(blob.address(), new Waiting(blob.length(), nowMillis, ++news, true));
  }

  /** Hears that the sibling has one. */
  public synchronized void arrived(BlobAddress address) {
    waiting.remove(address);
  }

  /** The last news there was; to be asked for before a look begins. */
  synchronized long news() {
    return news;
  }

  /**
   * Takes in what the sibling lacks of a branch, in place of what was known of it.
   *
   * @param before the last news before the look: what came later may not have been seen by it
   */
  synchronized void branch(int branch, List<StoredBlob> lacking, long before, long nowMillis) {
    var still = lacking.stream().map(StoredBlob::address).collect(Collectors.toSet());
    waiting
        .entrySet()
        .removeIf(
            one ->
                branchOf(one.getKey()) == branch
                    && one.getValue().news() <= before
                    && !still.contains(one.getKey()));
    for (StoredBlob blob : lacking) {
      waiting.putIfAbsent(blob.address(), new Waiting(blob.length(), nowMillis, ++news, false));
    }
    known.set(branch);
  }

  private static int branchOf(BlobAddress address) {
    return address.hash().byteAt(0) & 0xff;
  }

  /** The branches of which something is missing. */
  synchronized BitSet branches() {
    BitSet branches = new BitSet(BlobStore.BRANCHES);
    waiting.keySet().forEach(one -> branches.set(branchOf(one)));
    return branches;
  }

  /**
   * Those that have to be brought.
   *
   * @param overdue those that somebody else has been bringing since before this are among them,
   *     milliseconds since 1970
   */
  synchronized List<StoredBlob> toBring(long overdue) {
    return waiting.entrySet().stream()
        .filter(entry -> !entry.getValue().leaving() || entry.getValue().sinceMillis() <= overdue)
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
