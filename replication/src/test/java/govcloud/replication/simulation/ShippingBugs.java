package govcloud.replication.simulation;

import java.util.List;
import java.util.stream.Stream;

/** Mistakes of archivers, shippers and the maker of manifests. */
final class ShippingBugs {
  private static final String ARCHIVER = "shipping.SliceArchiver";
  private static final String SHIPPER = "shipping.SliceShipper";
  private static final String MAKER = "shipping.ManifestMaker";

  private ShippingBugs() {}

  static List<SeededBug> all() {
    return Stream.concat(ofSegments().stream(), ofResumingAndManifests().stream()).toList();
  }

  private static List<SeededBug> ofSegments() {
    return List.of(
        SeededBug.of(
            "conflictIsSuccess", ARCHIVER, "return other.head();", "return written.head();"),
        SeededBug.of(
            "failureIsSuccess",
            ARCHIVER,
            "throw e; } Segment other",
            "return written.head(); } Segment other"),
        SeededBug.of(
            "overlapArchivedTwice",
            ARCHIVER,
            "batches.subList(skipped, batches.size())",
            "skipped < 0 ? List.of() : batches"),
        SeededBug.of("receiptNotKept", SHIPPER, "HomeFiles.keep(store, name, receipt);", ""),
        SeededBug.of(
                "answerForAnotherTaken",
                SHIPPER,
                "Receipt verified = Receipt.verify(name, receipt.toByteArray(), trust);"
                    + " verified.requireFor(segment.head());",
                "")
            .and(SHIPPER, "verified.statement().getReceivedAt()", "0"),
        SeededBug.of(
                "resumesBehindLastSegment",
                SHIPPER,
                "delivered = last.get().number();",
                "delivered = 0;")
            .and(
                SHIPPER,
                "take(segment(delivered).orElseThrow(), UnsafeByteOperations.unsafeWrap(receipt)); }",
                "take(segment(last.get().number()).orElseThrow(),"
                    + " UnsafeByteOperations.unsafeWrap(receipt)); }"
                    + " delivered = store.last(StatementKind.SEGMENT, slice)"
                    + ".map(ArchiveName::number).orElse(0L);"));
  }

  private static List<SeededBug> ofResumingAndManifests() {
    return List.of(
        SeededBug.of(
            "resumesAtTheBeginning",
            SHIPPER,
            "if (last.isPresent()) {",
            "if (last.isPresent() && slice < 0) {"),
        SeededBug.of(
            "manifestsNeverGoBack", "shipping.FileShipper", "next = earlier;", "next = next + 1;"),
        SeededBug.of(
            "ownManifestDespiteOther",
            MAKER,
            "take(Manifest.verify(name, store.read(name).orElseThrow(() -> e), trust));",
            "take(Manifest.verify(name, file.toByteArray(), trust));"),
        SeededBug.of(
            "onlyLastManifestRead",
            MAKER,
            "number >= 1 && missing > 0",
            "number >= 1 && number == from && missing > 0"),
        SeededBug.of(
            "manifestsStopAtAThird",
            MAKER,
            "return HomeFiles.segment(store, trust, ArchiveName.segment(slice, after + 1));",
            "return after > 0 && after % 3 == 0 ? Optional.empty()"
                + " : HomeFiles.segment(store, trust, ArchiveName.segment(slice, after + 1));"));
  }
}
