package govcloud.replication.simulation;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes of those who make, compare, sign and deliver cuts, and of those who wait. */
final class CutBugs {
  private static final String MAKER = "cut.CutMaker";
  private static final String COUNTERSIGNER = "cut.Countersigner";
  private static final String SHIPPER = "cut.CutShipper";

  private CutBugs() {}

  static List<SeededBug> all() {
    return Stream.concat(ofHome().stream(), ofSibling().stream()).toList();
  }

  private static List<SeededBug> ofHome() {
    return List.of(
        SeededBug.of(
            "cutBeforeItsSegments",
            MAKER,
            "if (!advance(last, order)) {",
            "if (!advance(last, order) && order.marks().isEmpty()) {"),
        SeededBug.of(
            "directoriesForgotten",
            "cut.CutFold",
            "fold.openDirectories(cut.get(), new TenantSearch(home, cut.get()).names(names));",
            ""),
        SeededBug.of(
            "segmentGoesOnBehindMark", "archive.SegmentWriter", "if (batch.mark()) { break; }", ""),
        SeededBug.of(
            "anyCountersignatureTaken",
            SHIPPER,
            "Countersignature.verify(name, answer.toByteArray(), trust).requireFor(cut);",
            "if (answer.isEmpty()) { throw new IllegalStateException(cut.toString()); }"),
        SeededBug.of(
            "cutsWithoutCountersignatureForgotten",
            SHIPPER,
            "while (number >= 1 && store.read(ArchiveName.countersignature(number)).isEmpty()) {"
                + " number--; }",
            ""),
        SeededBug.of(
            "answeredOneTooEarly",
            "shipping.ReceiptWaits",
            "of.headMap(receiptedOffset)",
            "of.headMap(receiptedOffset, true)"));
  }

  private static List<SeededBug> ofSibling() {
    return List.of(
        SeededBug.of(
            "signedBeforeKept",
            COUNTERSIGNER,
            "keep(name, cut.file()); ByteString answer = sign(cut);",
            "ByteString answer = sign(cut); keep(name, cut.file());"),
        SeededBug.of("rootsNotCompared", COUNTERSIGNER, "cut.requireTenants(heads.cut());", ""),
        SeededBug.of(
            "ownCountersignatureDespiteOther",
            COUNTERSIGNER,
            "return countersigned(cut).orElseThrow(() -> e);",
            "return mine;"),
        SeededBug.of(
            "checkpointTrusted",
            "cut.CutCheckpoint",
            "return Optional.of(heads).filter(read ->"
                + " read.cut().equals(cut.statement().getTenantList()));",
            "return Optional.of(heads);"));
  }
}
