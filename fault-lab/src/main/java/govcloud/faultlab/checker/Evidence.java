package govcloud.faultlab.checker;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import govcloud.faultlab.checker.Violation.Invariant;
import govcloud.faultlab.history.History;
import govcloud.faultlab.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** History and stored rows side by side, decoded once for all checks, and what was found so far. */
final class Evidence {

  private final History history;
  private final StoredCloud stored;
  private final Map<Integer, List<StoredBatch>> slices = new TreeMap<>();
  private final Map<String, List<StoredRecord>> entities = new TreeMap<>();
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final List<Violation> violations = new ArrayList<>();

  Evidence(History history, StoredCloud stored) {
    this.history = history;
    this.stored = stored;
    for (Operation operation : history.operations()) {
      if (operations.put(operation.id(), operation) != null) {
        found(Invariant.I3_NO_DUPLICATE, "operation " + operation.id() + ": twice in the history");
      }
    }
    stored.log().stream()
        .sorted(Comparator.comparingInt(LogRow::slice).thenComparingLong(LogRow::offset))
        .forEach(this::take);
  }

  private void take(LogRow row) {
    try {
      ByteString bytes = Bytes.unpack(row.encoding(), row.content());
      var batch = govcloud.protobuf.journal.v1.LogBatch.parseFrom(bytes);
      ByteString hash = batch.hasTrimmed() ? batch.getTrimmed().getHash() : Bytes.sha256(bytes);
      slices
          .computeIfAbsent(row.slice(), slice -> new ArrayList<>())
          .add(new StoredBatch(row, batch, hash));
      for (int i = 0; i < batch.getRecordCount(); i++) {
        StoredRecord record = StoredRecord.parse(row.slice(), row.offset(), i, batch.getRecord(i));
        entities.computeIfAbsent(record.entity(), entity -> new ArrayList<>()).add(record);
      }
    } catch (InvalidProtocolBufferException | RuntimeException e) {
      found(
          Invariant.I4_ORDER,
          "slice " + row.slice() + ", offset " + row.offset() + ": unreadable: " + e.getMessage());
    }
  }

  void found(Invariant invariant, String what) {
    violations.add(new Violation(invariant, what));
  }

  History history() {
    return history;
  }

  StoredCloud stored() {
    return stored;
  }

  /** Batches by slice, in the order of their offsets. */
  Map<Integer, List<StoredBatch>> slices() {
    return slices;
  }

  /** Records by entity, in the order of the log. */
  Map<String, List<StoredRecord>> entities() {
    return entities;
  }

  /** The record with a sequence, or null. */
  StoredRecord record(String entity, long sequence) {
    List<StoredRecord> records = entities.getOrDefault(entity, List.of());
    if (sequence >= 1 && sequence <= records.size()) {
      StoredRecord likely = records.get((int) sequence - 1);
      if (likely.sequence() == sequence) {
        return likely;
      }
    }
    return records.stream().filter(r -> r.sequence() == sequence).findFirst().orElse(null);
  }

  /** The operation with an id, or null. */
  Operation operation(String id) {
    return operations.get(id);
  }

  /** Operations by entity. */
  Map<String, List<Operation>> operationsByEntity() {
    Map<String, List<Operation>> byEntity = new HashMap<>();
    history
        .operations()
        .forEach(
            operation ->
                byEntity
                    .computeIfAbsent(operation.entity(), entity -> new ArrayList<>())
                    .add(operation));
    return byEntity;
  }

  List<Violation> violations() {
    return violations;
  }
}
