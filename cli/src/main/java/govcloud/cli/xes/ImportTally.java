package govcloud.cli.xes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts of an import. Safe for use by many threads. */
final class ImportTally {
  /** Details kept in memory; the counts go on beyond, and the cases themselves hold everything. */
  private static final int MOST_DETAILS = 10_000;

  private final Map<String, Long> activities = new TreeMap<>();
  private final List<Deviation> deviations = new ArrayList<>();
  private final List<Failure> failures = new ArrayList<>();
  private long newCases;
  private long oldCases;
  private long accepted;
  private long unchanged;
  private long newDeviations;
  private long allDeviations;
  private long failed;

  /** An event that the process did not allow. */
  record Deviation(String trace, int index, String activity, String reason) {}

  /** A trace that did not become a case as a whole. */
  record Failure(String trace, String reason) {}

  synchronized void newCase() {
    newCases++;
  }

  synchronized void oldCase() {
    oldCases++;
  }

  synchronized void accepted(CaseDraft.EventDraft event) {
    accepted++;
    activities.merge(event.activity(), 1L, Long::sum);
  }

  synchronized void deviated(CaseDraft draft, CaseDraft.EventDraft event, String reason) {
    newDeviations++;
    deviation(draft, event, reason);
    activities.merge(event.activity(), 1L, Long::sum);
  }

  synchronized void unchanged(CaseDraft draft, CaseDraft.EventDraft event, HistoryEntry known) {
    unchanged++;
    if (known.isDeviation()) {
      deviation(draft, event, known.reason());
    }
    activities.merge(event.activity(), 1L, Long::sum);
  }

  private void deviation(CaseDraft draft, CaseDraft.EventDraft event, String reason) {
    allDeviations++;
    if (deviations.size() < MOST_DETAILS) {
      deviations.add(new Deviation(draft.traceName(), event.index(), event.activity(), reason));
    }
  }

  synchronized void failed(CaseDraft draft, String reason) {
    failed++;
    if (failures.size() < MOST_DETAILS) {
      failures.add(new Failure(draft.traceName(), reason));
    }
  }

  /** Events dealt with so far. */
  synchronized long events() {
    return accepted + newDeviations + unchanged;
  }

  /** Traces that did not become cases as a whole. */
  synchronized long failures() {
    return failed;
  }

  /** A few words beside the progress bar. */
  synchronized String note() {
    String cases = String.format(java.util.Locale.ROOT, "%,d cases", newCases + oldCases);
    return allDeviations == 0 ? cases : cases + ", " + allDeviations + " deviations";
  }

  /** Whether this run changed anything. */
  synchronized boolean isChange() {
    return newCases + accepted + newDeviations > 0;
  }

  synchronized Map<String, Long> activities() {
    return new TreeMap<>(activities);
  }

  synchronized List<Deviation> deviations() {
    return List.copyOf(deviations);
  }

  synchronized List<Failure> failureList() {
    return List.copyOf(failures);
  }

  synchronized long count(String name) {
    return switch (name) {
      case "new_cases" -> newCases;
      case "old_cases" -> oldCases;
      case "accepted" -> accepted;
      case "unchanged" -> unchanged;
      case "new_deviations" -> newDeviations;
      case "deviations" -> allDeviations;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The whole tally for programs. */
  synchronized ObjectNode json(ObjectMapper json) {
    ObjectNode node = json.createObjectNode();
    node.put("changed", isChange());
    node.put("cases", newCases + oldCases).put("new_cases", newCases);
    node.put("events", events()).put("new_events", accepted + newDeviations);
    node.put("deviations_total", allDeviations).put("failed_traces_total", failed);
    ObjectNode counts = node.putObject("activities");
    activities.forEach(counts::put);
    ArrayNode list = node.putArray("deviations");
    for (Deviation deviation : deviations) {
      list.addObject()
          .put("trace", deviation.trace())
          .put("index", deviation.index())
          .put("activity", deviation.activity())
          .put("reason", deviation.reason());
    }
    ArrayNode lost = node.putArray("failed_traces");
    for (Failure failure : failures) {
      lost.addObject().put("trace", failure.trace()).put("reason", failure.reason());
    }
    return node;
  }
}
