package govcloud.replication.simulation;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes of the receiver and of the archive under it. */
final class ReceivingBugs {
  private static final String RECEIVER = "receiving.Receiver";
  private static final String STORE = "simulation.SimulatedStore";

  private ReceivingBugs() {}

  static List<SeededBug> all() {
    return Stream.concat(ofReceipts().stream(), ofOrder().stream()).toList();
  }

  private static List<SeededBug> ofReceipts() {
    return List.of(
        SeededBug.of(
            "receiptBeforeStored",
            RECEIVER,
            "keep(name, UnsafeByteOperations.unsafeWrap(file), place);"
                + " ByteString receipt = receipt(segment, place);",
            "ByteString receipt = receipt(segment, place);"
                + " keep(name, UnsafeByteOperations.unsafeWrap(file), place);"),
        SeededBug.of(
            "receiptNotStored",
            RECEIVER,
            "store.put(name, receipt); return receipt;",
            "if (receipt.isEmpty()) { store.put(name, receipt); } return receipt;"),
        SeededBug.of(
            "ownReceiptDespiteOther",
            RECEIVER,
            "throw e; } byte[] there = store.read(name).orElseThrow(() -> e);",
            "throw e; } if (!receipt.isEmpty()) { return receipt; }"
                + " byte[] there = store.read(name).orElseThrow(() -> e);"),
        SeededBug.of(
                "conflictIgnored",
                RECEIVER,
                "throw refused(ReplicaDefect.REPLICA_FORKED, name, \"another one is here\");",
                "return;")
            .and(RECEIVER, "place.require(segment);", ""));
  }

  private static List<SeededBug> ofOrder() {
    return List.of(
        SeededBug.of(
            "onlyNumberCompared",
            RECEIVER,
            "if (!segment.continues(before)) {",
            "if (segment.statement().getNumber() != before.number() + 1) {"),
        SeededBug.of(
            "memoryTrusted",
            RECEIVER,
            "if (known != null && known.number() == number) {",
            "if (known != null && known.number() >= number) {"),
        SeededBug.of(
            "manifestGapAccepted",
            RECEIVER,
            "if (name.number() > 1) {",
            "if (name.number() > 1"
                + " && store.read(ArchiveName.manifest(name.number() - 1)).isPresent()) {"),
        SeededBug.of(
            "manifestBeforeItsSegments",
            RECEIVER,
            "throw refused(ReplicaDefect.REPLICA_MISSING, name, \"named by \" + manifest);",
            "return;"),
        SeededBug.of(
            "notFlushed",
            STORE,
            "disk.flush(name); world.step(life); return Stored.NEW;",
            "world.step(life); return Stored.NEW;"),
        SeededBug.of(
            "readBeforeFlushed",
            STORE,
            "disk.flush(name); return Optional.of(file.toByteArray());",
            "return Optional.of(file.toByteArray());"));
  }
}
