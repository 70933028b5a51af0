package govcloud.faultlab.checker;

import govcloud.faultlab.checker.Violation.Invariant;
import govcloud.faultlab.history.Operation;
import govcloud.faultlab.history.Operation.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares acknowledgements with records, one by one: loss, invention, doubles, tenancy. */
final class RecordChecks {

  private record Place(int slice, long position) {}

  private final Evidence evidence;
  private final Set<Place> places = new HashSet<>();

  RecordChecks(Evidence evidence) {
    this.evidence = evidence;
    evidence
        .entities()
        .values()
        .forEach(
            records ->
                records.forEach(
                    record -> places.add(new Place(record.slice(), record.position()))));
  }

  void run() {
    evidence.history().operations().stream()
        .filter(operation -> operation.ok() && operation.changes())
        .forEach(this::requireStored);
    evidence.entities().values().forEach(records -> records.forEach(this::requireAsked));
    requireOnce();
    views();
  }

  /**
   * An answer names how far the slice was when it was given: its own record, or one behind that was
   * stored before the answer was written. Never less, and never what is not there.
   */
  private void requireStored(Operation operation) {
    Operation.Answer answer = operation.answer();
    StoredRecord record = evidence.record(operation.entity(), answer.sequence());
    if (record == null || !record.key().equals(operation.id())) {
      evidence.found(
          Invariant.I1_NO_LOSS,
          "%s: acknowledged as record %d of %s, where there is %s"
              .formatted(
                  operation.id(),
                  answer.sequence(),
                  operation.entity(),
                  record == null ? "nothing" : "\"" + record.key() + "\""));
      return;
    }
    boolean inPlace =
        record.slice() == answer.slice()
            && record.position() <= answer.position()
            && (answer.replayed() || places.contains(new Place(answer.slice(), answer.position())));
    if (!inPlace) {
      evidence.found(
          Invariant.I1_NO_LOSS,
          "%s: acknowledged at %d-%d, lies at %d-%d"
              .formatted(
                  operation.id(),
                  answer.slice(),
                  answer.position(),
                  record.slice(),
                  record.position()));
    }
  }

  private void requireInItsTenant(StoredRecord record) {
    String tenant = record.record().getTenant();
    String type = record.record().getEntityType();
    boolean ofTenant =
        !List.of("tenant", "app", "case").contains(type)
            || (record.entity() + "/").startsWith(type + "/" + tenant + "/");
    if (!record.entity().startsWith(type + "/") || !ofTenant) {
      evidence.found(
          Invariant.I12_TENANCY,
          "%s, record %d: type %s of tenant %s"
              .formatted(
                  record.entity(), record.sequence(), record.record().getEntityType(), tenant));
    }
  }

  private void requireAsked(StoredRecord record) {
    requireInItsTenant(record);
    if (!record.ofCase()) {
      return;
    }
    Operation operation = evidence.operation(record.key());
    String where = record.entity() + ", record " + record.sequence() + ", key " + record.key();
    if (operation == null || !operation.changes()) {
      evidence.found(Invariant.I2_NO_INVENTION, where + ": nobody asked for it");
      return;
    }
    if (operation.outcome() == Outcome.FAIL) {
      evidence.found(Invariant.I2_NO_INVENTION, where + ": was refused as " + operation.code());
    }
    if (!operation.tenant().equals(record.record().getTenant())) {
      evidence.found(Invariant.I12_TENANCY, where + ": asked for by " + operation.tenant());
    }
    boolean same =
        operation.entity().equals(record.entity())
            && record.kind().filter(operation.kind()::equals).isPresent()
            && record.text().equals(operation.text());
    if (!same) {
      evidence.found(
          Invariant.I2_NO_INVENTION,
          "%s: %s \"%s\", asked for was %s \"%s\" of %s"
              .formatted(
                  where,
                  record.kind(),
                  record.text(),
                  operation.kind(),
                  operation.text(),
                  operation.entity()));
    }
  }

  private void requireOnce() {
    Map<String, StoredRecord> seen = new HashMap<>();
    evidence.entities().values().stream()
        .flatMap(List::stream)
        .filter(StoredRecord::ofCase)
        .forEach(
            record -> {
              StoredRecord before = seen.put(record.key(), record);
              if (before != null) {
                evidence.found(
                    Invariant.I3_NO_DUPLICATE,
                    "%s: record %d of %s and record %d of %s"
                        .formatted(
                            record.key(),
                            before.sequence(),
                            before.entity(),
                            record.sequence(),
                            record.entity()));
              }
            });
  }

  /** A worklist shows each case once, with every record counted once. */
  private void views() {
    Map<String, ViewRow> shown = new HashMap<>();
    for (ViewRow row : evidence.stored().views()) {
      if (shown.put(row.id(), row) != null) {
        evidence.found(Invariant.I3_NO_DUPLICATE, row.id() + ": twice in case_rows");
      }
    }
    evidence
        .entities()
        .forEach(
            (entity, records) -> {
              if (!records.get(0).ofCase()) {
                return;
              }
              ViewRow row = shown.remove(entity);
              long version = row == null ? 0 : row.version();
              long last = records.get(records.size() - 1).sequence();
              if (version != last) {
                evidence.found(
                    version > last ? Invariant.I3_NO_DUPLICATE : Invariant.I1_NO_LOSS,
                    "%s: case_rows shows version %d of %d".formatted(entity, version, last));
              }
            });
    shown
        .keySet()
        .forEach(id -> evidence.found(Invariant.I2_NO_INVENTION, id + ": in case_rows alone"));
  }
}
