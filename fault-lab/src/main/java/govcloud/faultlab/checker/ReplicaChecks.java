package govcloud.faultlab.checker;

import com.google.protobuf.ByteString;
import govcloud.faultlab.checker.Violation.Invariant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares the log and the acknowledgements with what lies at the sibling. */
final class ReplicaChecks {

  private record Place(int slice, long offset) {}

  private final Evidence evidence;
  private final SiblingCopy copy;
  private final Evidence replica;

  ReplicaChecks(Evidence evidence, SiblingCopy copy) {
    this.evidence = evidence;
    this.copy = copy;
    this.replica =
        new Evidence(
            evidence.history(), new StoredCloud(copy.log(), List.of(), List.of(), ViewTables.NONE));
  }

  void run() {
    copy.findings()
        .forEach(finding -> evidence.found(Invariant.I9_REPLICA, "verifier: " + finding));
    replica
        .violations()
        .forEach(found -> evidence.found(Invariant.I9_REPLICA, "sibling: " + found.what()));
    sameLog();
    evidence.history().operations().stream()
        .filter(operation -> operation.ok() && operation.changes())
        .forEach(this::requireThere);
    copy.there().forEach(this::requirePromise);
    copy.late().forEach(late -> evidence.found(Invariant.I13_LIVENESS, "sibling: " + late));
  }

  /** Every row of the log is there with the same bytes, or with those that a stub stands for. */
  private void sameLog() {
    Map<Place, ByteString> hashes = new HashMap<>();
    replica.slices().values().stream()
        .flatMap(List::stream)
        .forEach(
            batch ->
                hashes.put(new Place(batch.row().slice(), batch.row().offset()), batch.hash()));
    evidence.slices().values().stream()
        .flatMap(List::stream)
        .forEach(
            batch -> {
              Place place = new Place(batch.row().slice(), batch.row().offset());
              ByteString hash = hashes.get(place);
              if (!batch.hash().equals(hash)) {
                evidence.found(
                    Invariant.I9_REPLICA,
                    "slice %d, offset %d: at the sibling is %s"
                        .formatted(
                            place.slice(), place.offset(), hash == null ? "nothing" : "another"));
              }
            });
  }

  private void requireThere(govcloud.faultlab.history.Operation operation) {
    StoredRecord record = replica.record(operation.entity(), operation.answer().sequence());
    if (record == null || !record.key().equals(operation.id())) {
      evidence.found(
          Invariant.I9_REPLICA,
          operation.id() + ": acknowledged, and not in the sibling's archive");
    }
  }

  /** What was promised to be there was there when it was promised. */
  private void requirePromise(String id, long next) {
    var operation = evidence.operation(id);
    StoredRecord record =
        operation == null
            ? null
            : evidence.record(operation.entity(), operation.answer().sequence());
    long offset = record == null ? Long.MAX_VALUE : record.position() >> StoredRecord.INDEX_BITS;
    if (offset >= next) {
      evidence.found(
          Invariant.I10_RECEIPT,
          next < 0
              ? id + ": acknowledged without the sibling's receipt"
              : "%s: acknowledged with offset %d, when the sibling had %d"
                  .formatted(id, offset, next - 1));
    }
  }
}
