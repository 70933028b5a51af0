package govcloud.cli.xes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings one trace in. What the case's history already has is left alone, so an import can be run
 * again at any time: the entity's memory of idempotency keys covers retries, the history covers
 * everything older.
 */
final class TraceImport {
  private static final Set<Integer> REFUSED = Set.of(400, 403, 409, 422);
  private static final int LONGEST_REASON = 2000;

  private final ApiTarget target;
  private final String log;
  private final CaseMapping mapping;
  private final ImportTally tally;

  TraceImport(ApiTarget target, String log, CaseMapping mapping, ImportTally tally) {
    this.target = target;
    this.log = log;
    this.mapping = mapping;
    this.tally = tally;
  }

  /**
   * Makes the trace a case; a trace that cannot become one is put on the tally's list.
   *
   * @throws CommandFailure when nothing further can be imported either
   */
  void run(XesTrace trace, int occurrence) {
    CaseDraft draft = mapping.draft(log, trace, occurrence);
    try {
      Map<Integer, HistoryEntry> there = create(draft);
      for (CaseDraft.EventDraft event : draft.events()) {
        HistoryEntry known = there.get(event.index());
        if (known == null) {
          send(draft, event);
        } else {
          tally.unchanged(draft, event, known);
        }
      }
    } catch (CommandFailure failure) {
      if (endsImport(failure)) {
        throw failure;
      }
      tally.failed(draft, failure.getMessage() + " (" + failure.code() + ")");
    }
  }

  private static boolean endsImport(CommandFailure failure) {
    return failure.exitCode() == ExitCode.AUTHENTICATION
        || failure.exitCode() == ExitCode.UNAVAILABLE
        || failure.exitCode() == ExitCode.RATE_LIMITED
        || failure.exitCode() == ExitCode.INTERRUPTED
        || failure.code().startsWith("TENANT_")
        || failure.code().startsWith("APP_");
  }

  /** The events that are there already; none for a case that is new. */
  private Map<Integer, HistoryEntry> create(CaseDraft draft) {
    try {
      return created(draft, draft.body());
    } catch (CommandFailure refused) {
      if (endsImport(refused) || !isRefusal(refused)) {
        throw refused;
      }
      Optional<JsonNode> present = present(draft);
      if (present.isPresent()) {
        return existing(draft, present.get());
      }
      ObjectNode lenient = withoutRefusedFields(draft.body(), refused.problem());
      if (lenient.equals(draft.body())) {
        throw refused;
      }
      return created(draft, lenient);
    }
  }

  private Map<Integer, HistoryEntry> created(CaseDraft draft, JsonNode body) {
    boolean replayed = target.create(draft, body).body().path("replayed").asBoolean();
    if (replayed) {
      tally.oldCase();
      return history(draft);
    }
    tally.newCase();
    return Map.of();
  }

  private Optional<JsonNode> present(CaseDraft draft) {
    try {
      return Optional.of(target.read(draft.caseId()));
    } catch (CommandFailure e) {
      if (e.exitCode() == ExitCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Map<Integer, HistoryEntry> existing(CaseDraft draft, JsonNode theCase) {
    String from = theCase.path("attributes").path(CaseMapping.LOG).asText("");
    if (!from.equals("string:" + log)) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "CASE_OF_OTHER_ORIGIN",
          "Case "
              + draft.caseId()
              + " exists and did not come from log "
              + log
              + "; import into another app.");
    }
    tally.oldCase();
    return history(draft);
  }

  private Map<Integer, HistoryEntry> history(CaseDraft draft) {
    Map<Integer, HistoryEntry> there = new HashMap<>();
    for (JsonNode entry : target.history(draft.caseId())) {
      HistoryEntry happened = new HistoryEntry(entry);
      happened.index().ifPresent(index -> there.put(index, happened));
    }
    return there;
  }

  /** The form's fields that the server refused; the attributes still hold their values. */
  private static ObjectNode withoutRefusedFields(ObjectNode body, JsonNode problem) {
    ObjectNode lenient = body.deepCopy();
    ObjectNode form = (ObjectNode) lenient.get("form");
    for (JsonNode error : problem.path("errors")) {
      String[] steps = error.path("pointer").asText("").split("/", -1);
      if (steps.length >= 3 && steps[1].equals("form")) {
        form.remove(steps[2]);
      }
    }
    return lenient;
  }

  private void send(CaseDraft draft, CaseDraft.EventDraft event) {
    if (event.action().isEmpty()) {
      deviate(draft, event, "no action of the app is known by this activity");
      return;
    }
    try {
      target.act(draft.caseId(), event.action().get(), event);
      tally.accepted(event);
    } catch (CommandFailure refused) {
      if (endsImport(refused) || !isRefusal(refused)) {
        throw refused;
      }
      deviate(draft, event, reason(refused));
    }
  }

  private static boolean isRefusal(CommandFailure failure) {
    return REFUSED.contains(failure.problem().path("status").asInt());
  }

  private static String reason(CommandFailure refused) {
    StringBuilder reason = new StringBuilder(refused.getMessage());
    for (JsonNode error : refused.problem().path("errors")) {
      reason.append("; ").append(error.path("pointer").asText());
      reason.append(": ").append(error.path("detail").asText());
    }
    reason.append(" (").append(refused.code()).append(')');
    return reason.length() <= LONGEST_REASON
        ? reason.toString()
        : reason.substring(0, LONGEST_REASON);
  }

  private void deviate(CaseDraft draft, CaseDraft.EventDraft event, String reason) {
    ObjectNode body = event.body().deepCopy();
    body.put("activity", event.activity());
    body.put("reason", reason);
    target.deviate(draft.caseId(), event, body);
    tally.deviated(draft, event, reason);
  }
}
