package govcloud.faultlab.checker;

import govcloud.faultlab.checker.Violation.Invariant;
import govcloud.faultlab.history.Operation;
import govcloud.faultlab.history.Operation.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the order in time with the order in the log, and what was read with what the records add
 * up to. Acknowledgements say their place, so one sweep per slice and entity decides.
 */
final class TimeChecks {

  private final Evidence evidence;

  TimeChecks(Evidence evidence) {
    this.evidence = evidence;
  }

  /** Something that was known at a place, from one moment to another. */
  private record Known(String id, long invoked, long completed, long place) {}

  void run() {
    slicesInTime();
    evidence.operationsByEntity().forEach(this::entityInTime);
    evidence.history().operations().stream()
        .filter(operation -> operation.ok() && operation.kind() == Kind.READ)
        .forEach(this::model);
  }

  /** What began after another was acknowledged lies behind it in the slice, whoever hosted it. */
  private void slicesInTime() {
    Map<Integer, List<Known>> bySlice = new TreeMap<>();
    for (Operation operation : evidence.history().operations()) {
      StoredRecord record =
          operation.ok() && operation.changes()
              ? evidence.record(operation.entity(), operation.answer().sequence())
              : null;
      if (record != null) {
        bySlice
            .computeIfAbsent(record.slice(), slice -> new ArrayList<>())
            .add(known(operation, record.position()));
      }
    }
    bySlice.forEach(
        (slice, all) ->
            sweep(all, 1, Invariant.I5_ONE_WRITER, "slice " + slice + ": acknowledged behind"));
  }

  private void entityInTime(String entity, List<Operation> operations) {
    List<Known> changes = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.ok() && operation.changes()) {
        changes.add(known(operation, operation.answer().sequence()));
      }
    }
    sweep(changes, 1, Invariant.I4_ORDER, entity + ": record order against time");
    List<Known> all = new ArrayList<>(changes);
    for (Operation operation : operations) {
      if (operation.ok() && operation.kind() == Kind.READ) {
        all.add(known(operation, operation.answer().sequence()));
      }
    }
    sweep(all, 0, Invariant.I6_MODEL, entity + ": an old state was read or followed");
  }

  private static Known known(Operation operation, long place) {
    return new Known(operation.id(), operation.invoked(), operation.completed(), place);
  }

  /** Each must lie at least {@code step} behind all that had ended before it began. */
  private void sweep(List<Known> all, int step, Invariant invariant, String what) {
    List<Known> begun = new ArrayList<>(all);
    begun.sort(Comparator.comparingLong(Known::invoked));
    List<Known> ended = new ArrayList<>(all);
    ended.sort(Comparator.comparingLong(Known::completed));
    Known highest = null;
    int next = 0;
    for (Known one : begun) {
      while (next < ended.size() && ended.get(next).completed() < one.invoked()) {
        Known before = ended.get(next++);
        if (highest == null || before.place() > highest.place()) {
          highest = before;
        }
      }
      if (highest != null && one.place() < highest.place() + step) {
        evidence.found(
            invariant,
            "%s: %s at %d began %.3f s after %s at %d was answered"
                .formatted(
                    what,
                    one.id(),
                    one.place(),
                    (one.invoked() - highest.completed()) / 1e9,
                    highest.id(),
                    highest.place()));
      }
    }
  }

  /** The reference model of a case: how many comments, and the last assignee. */
  private void model(Operation read) {
    int comments = 0;
    String assignee = "";
    long version = read.answer().sequence();
    for (StoredRecord record : evidence.entities().getOrDefault(read.entity(), List.of())) {
      if (record.sequence() > version) {
        break;
      }
      if (record.kind().filter(Kind.COMMENT::equals).isPresent()) {
        comments++;
      } else if (record.kind().filter(Kind.ASSIGN::equals).isPresent()) {
        assignee = record.text();
      }
    }
    boolean there = evidence.record(read.entity(), version) != null;
    if (!there
        || comments != read.answer().comments()
        || !assignee.equals(read.answer().assignee())) {
      evidence.found(
          Invariant.I6_MODEL,
          "%s: %s at version %d was read with %d comments and assignee \"%s\"; records: %d, \"%s\"%s"
              .formatted(
                  read.id(),
                  read.entity(),
                  version,
                  read.answer().comments(),
                  read.answer().assignee(),
                  comments,
                  assignee,
                  there ? "" : ", and no such version"));
    }
  }
}
