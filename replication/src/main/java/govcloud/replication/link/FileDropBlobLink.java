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
    this.outbox = new DropOutbox(outbox, origin, clock, nanos);
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
              .sorted(Comparator.comparingLong(DropBlobName::number).reversed())
              .toList();
      Set<BlobAddress> there = newest(lists);
      dropped.keySet().removeAll(there);
      outbox.remove(there);
      return there;
    } catch (IOException e) {
      throw new LinkException("inbox: " + e, e);
    }
  }

  /** The newest list that can be read; one that was damaged on its way says nothing. */
  private Set<BlobAddress> newest(List<DropBlobName> lists) throws IOException {
    for (int i = 0; i < lists.size(); i++) {
      Optional<Set<BlobAddress>> there = read(lists.get(i));
      if (there.isPresent()) {
        for (DropBlobName old : lists.subList(i + 1, lists.size())) {
          inbox.delete(old.text());
        }
        return there.get();
      }
    }
    return Set.of();
  }

  private Optional<Set<BlobAddress>> read(DropBlobName list) throws IOException {
    try {
      return inbox.read(list.text()).map(BlobReceiver::addresses);
    } catch (IllegalArgumentException e) {
      inbox.setAside(list.text(), e.getMessage());
      return Optional.empty();
    }
  }

  @Override
  public boolean deliver(BlobAddress address, BlobSource source) throws LinkException {
    if (!isMine(address)) {
      return false;
    }
    try {
      outbox.drop(address, source);
      return false;
    } catch (IOException e) {
      dropped.remove(address);
      throw new LinkException("outbox: " + e, e);
    }
  }

  /** Whether this thread has to drop it: nobody has, or long ago. Who is told so drops it alone. */
  private boolean isMine(BlobAddress address) {
    long now = nanos.getAsLong();
    Long before = dropped.putIfAbsent(address, now);
    return before == null || (now - before >= patience && dropped.replace(address, before, now));
  }
}
