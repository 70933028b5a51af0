package govcloud.node.replication;

import govcloud.journal.HybridClock;
import govcloud.node.projection.Page;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Receipt;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.StatementKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the segments of a slice, the newest first, as the archive has them. Blocks. */
final class SegmentList {
  private final ArchiveStore store;
  private final ReplicaTrust trust;

  /**
   * A segment.
   *
   * @param number 1, 2, 3 ...
   * @param firstOffset of its first batch
   * @param lastOffset of its last one
   * @param records in it
   * @param bytes of the file
   * @param at when its newest record was made
   * @param receivedAt when the sibling received it, as it says; empty: it has not
   * @param problem what is wrong with segment or receipt; empty: nothing
   */
  record Item(
      int slice,
      long number,
      long firstOffset,
      long lastOffset,
      long records,
      long bytes,
      Optional<Instant> at,
      Optional<Instant> receivedAt,
      String problem) {}

  SegmentList(ArchiveStore store, ReplicaTrust trust) {
    this.store = store;
    this.trust = trust;
  }

  /**
   * A part of the list.
   *
   * @param before only segments with lower numbers; the page names the next such number
   */
  Page<Item> page(int slice, int size, Optional<Long> before) throws ArchiveStoreException {
    long from =
        before.isPresent()
            ? before.get() - 1
            : store.last(StatementKind.SEGMENT, slice).map(ArchiveName::number).orElse(0L);
    long to = Math.max(0, from - size);
    List<Item> items = new ArrayList<>();
    for (long number = from; number > to; number--) {
      items.add(item(slice, number));
    }
    return new Page<>(items, to == 0 ? Optional.empty() : Optional.of(Long.toString(to + 1)));
  }

  private Item item(int slice, long number) throws ArchiveStoreException {
    ArchiveName name = ArchiveName.segment(slice, number);
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty()) {
      return damaged(slice, number, 0, "REPLICA_MISSING " + name + ": missing");
    }
    try {
      Segment segment = Segment.verify(name, file.get(), trust);
      return new Item(
          slice,
          number,
          segment.statement().getFirstOffset(),
          segment.lastOffset(),
          segment.statement().getRecords(),
          segment.size(),
          Optional.of(
              Instant.ofEpochMilli(HybridClock.millisOf(segment.statement().getHighestClock()))),
          receivedAt(segment),
          "");
    } catch (DamagedReplicaException e) {
      return damaged(slice, number, file.get().length, e.getMessage());
    }
  }

  private Optional<Instant> receivedAt(Segment segment)
      throws ArchiveStoreException, DamagedReplicaException {
    ArchiveName name =
        ArchiveName.receipt(segment.statement().getSlice(), segment.statement().getNumber());
    Optional<byte[]> file = store.read(name);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Receipt receipt = Receipt.verify(name, file.get(), trust);
    receipt.requireFor(segment.head());
    return Optional.of(Instant.ofEpochMilli(receipt.statement().getReceivedAt()));
  }

  private static Item damaged(int slice, long number, long bytes, String problem) {
    return new Item(slice, number, 0, 0, 0, bytes, Optional.empty(), Optional.empty(), problem);
  }
}
