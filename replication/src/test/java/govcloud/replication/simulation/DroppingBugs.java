package govcloud.replication.simulation;

import java.util.List;

/** Mistakes that matter where several files are under way, or come through a gateway. */
final class DroppingBugs {
  private static final String RECEIVER = "receiving.Receiver";
  private static final String LINK = "link.FileDropLink";

  private DroppingBugs() {}

  static List<SeededBug> all() {
    return List.of(
        SeededBug.of(
            "gapAccepted",
            RECEIVER,
            "SliceHead before = head(name.slice(), name.number() - 1);"
                + " if (!segment.continues(before)) {",
            "if (name.number() > 1"
                + " && store.read(ArchiveName.segment(name.slice(), name.number() - 1)).isPresent()"
                + " && !segment.continues(head(name.slice(), name.number() - 1))) {"),
        SeededBug.of(
            "progressFromDelivered",
            "shipping.SliceShipper",
            "delivered = number; return Step.DONE;",
            "delivered = number; progress = new Progress(number, segment.get().lastOffset() + 1,"
                + " segment.get().statement().getHighestClock(), 0L); return Step.DONE;"),
        SeededBug.of(
            "neverTakenForLost", LINK, "nanos.getAsLong() - since > patience", "since < 0"));
  }
}
