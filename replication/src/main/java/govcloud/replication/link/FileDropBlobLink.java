package govcloud.replication.link;

import govcloud.replication.blob.BlobAddress;
import govcloud.replication.blob.BlobReceiver;
import govcloud.replication.blob.BlobSource;
import govcloud.replication.shipping.BlobLink;
import govcloud.replication.shipping.LinkException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The way of blobs through a one-way gateway. The sibling says branch by branch what it has; its
 * last word on each stays in the inbox, so that nothing needs to be remembered here. What it does
 * not name within a time is dropped again.
 */
public final class FileDropBlobLink implements BlobLink {
  private final DropFolder inbox;
  private final DropOutbox outbox;
  private final String sibling;
  private final long patience;
  private final LongSupplier nanos;
  private final Map<BlobAddress, Long> dropped = new ConcurrentHashMap<>();

  /**
   * A link.
   *
   * @param outbox from which the gateway takes
   * @param inbox into which the other gateway puts
   * @param origin this cloud
   * @param patience after which a blob that the sibling does not name is taken for lost
   * @param clock for the numbers in names
   * @param nanos a time that never jumps, such as {@link System#nanoTime}
   */
  public FileDropBlobLink(
      DropFolder outbox,
      DropFolder inbox,
      String origin,
      String sibling,
      Duration patience,
      Clock clock,
      LongSupplier nanos) {
    this.inbox = inbox;
    this.outbox = new DropOutbox(outbox, origin, clock);
    this.sibling = sibling;
    this.patience = patience.toNanos();
    this.nanos = nanos;
  }

  @Override
  public Set<BlobAddress> has(int branch) throws LinkException {
    try {
      List<DropBlobName> lists =
          inbox.list().stream()
              .map(DropBlobName::parse)
              .flatMap(Optional::stream)
              .filter(name -> name.cloud().equals(sibling) && name.isList())
              .filter(name -> name.branch() == branch)
              .sorted(Comparator.comparingLong(DropBlobName::number))
              .toList();
      if (lists.isEmpty()) {
        return Set.of();
      }
      Set<BlobAddress> there = read(lists.get(lists.size() - 1));
      for (DropBlobName old : lists.subList(0, lists.size() - 1)) {
        inbox.delete(old.text());
      }
      dropped.keySet().removeAll(there);
      outbox.remove(there);
      return there;
    } catch (IOException e) {
      throw new LinkException("inbox: " + e, e);
    }
  }

  /** A list that was damaged on its way names something else, or nothing. */
  private Set<BlobAddress> read(DropBlobName list) throws IOException {
    try {
      return BlobReceiver.addresses(inbox.read(list.text()).orElse(new byte[0]));
    } catch (IllegalArgumentException e) {
      inbox.setAside(list.text(), e.getMessage());
      return Set.of();
    }
  }

  @Override
  public boolean deliver(BlobAddress address, BlobSource source) throws LinkException {
    Long since = dropped.get(address);
    if (since != null && nanos.getAsLong() - since < patience) {
      return false;
    }
    try {
      outbox.drop(address, source);
      dropped.put(address, nanos.getAsLong());
      return false;
    } catch (IOException e) {
      throw new LinkException("outbox: " + e, e);
    }
  }
}
