package govcloud.node.casework;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import govcloud.domain.Actor;
import govcloud.domain.casework.Applicant;
import govcloud.domain.casework.Attachment;
import govcloud.domain.casework.Case;
import govcloud.domain.casework.CaseState;
import govcloud.domain.casework.ClockState;
import govcloud.domain.casework.Material;
import govcloud.domain.catalogue.AppDefinition;
import govcloud.domain.catalogue.Catalogue;
import govcloud.domain.catalogue.LocalText;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.http.Fields;
import govcloud.node.http.Json;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Cases as JSON. */
final class CaseJson {

  private final Catalogue catalogue;
  private final Case rules;
  private final Clock clock;

  CaseJson(Catalogue catalogue, Case rules, Clock clock) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.clock = clock;
  }

  /** One case as {@code actor} sees it. */
  Map<String, Object> whole(
      String caseId, Answer<CaseState> answer, SealedCases.Opened opened, Actor actor) {
    var state = opened.state();
    var definition = catalogue.find(state.definition(), state.version());
    return new Fields()
        .with("tenant", state.tenant())
        .with("app", state.app())
        .with("case", caseId)
        .with("number", state.number())
        .with("title", state.title())
        .with("applicant", applicant(state.applicant()))
        .with("definition", state.definition())
        .with("definition_version", state.version())
        .with("state", state.status())
        .with("state_title", title(definition, state.status()))
        .with("final", state.finished())
        .maybe("assignee", state.assignee())
        .with("form", object(state.form()))
        .with("materials", state.materials().values().stream().map(CaseJson::material).toList())
        .with("comments", state.comments())
        .with("actions", state.actions())
        .with("documents", documents(state, definition))
        .with("clocks", clocks(state, definition))
        .with("deviations", state.deviations())
        .with("attributes", state.attributes())
        .maybe("data_subject", opened.subject())
        .maybe("unreadable", opened.unread().isEmpty() ? null : opened.unread())
        .with("allowed_actions", rules.allowedActions(state, actor.role()))
        .with("version", answer.version())
        .with("created_at", state.createdAt().orElse(answer.at()))
        .with("updated_at", state.updatedAt().orElse(answer.at()))
        .map();
  }

  /** A case in a list. */
  Map<String, Object> row(CaseRow row) {
    return new Fields()
        .with("tenant", row.tenant())
        .with("app", row.app())
        .with("case", row.caseId())
        .with("number", row.number())
        .with("title", row.title())
        .maybe("applicant", row.applicant())
        .with("state", row.state())
        .maybe("assignee", row.assignee())
        .maybe("due_at", row.due())
        .with("colour", word(row.colour(clock.instant())))
        .with("version", row.version())
        .with("updated_at", row.updatedAt())
        .map();
  }

  private static LocalText title(Optional<AppDefinition> definition, String state) {
    return definition
        .map(found -> found.states().get(state))
        .map(AppDefinition.State::title)
        .orElse(new LocalText(state, state));
  }

  private static Map<String, Object> applicant(Applicant applicant) {
    return new Fields()
        .with("name", applicant.name())
        .maybe("kind", applicant.kind())
        .maybe("document_kind", applicant.documentKind())
        .maybe("document_number", applicant.documentNumber())
        .map();
  }

  private static Map<String, Object> material(Material material) {
    return new Fields()
        .with("name", material.name())
        .with("kind", word(material.kind()))
        .with("required", material.required())
        .with("received", material.received())
        .maybe("attachment", material.attachment().map(CaseJson::attachment))
        .map();
  }

  private static Map<String, Object> attachment(Attachment attachment) {
    return new Fields()
        .with("address", attachment.address())
        .with("media_type", attachment.mediaType())
        .with("length", attachment.length())
        .with("file_name", attachment.fileName())
        .map();
  }

  private static List<Map<String, Object>> documents(
      CaseState state, Optional<AppDefinition> definition) {
    var titles =
        definition.stream()
            .flatMap(found -> found.actions().values().stream())
            .flatMap(action -> action.produces().stream())
            .collect(
                java.util.stream.Collectors.toMap(
                    AppDefinition.Document::name, AppDefinition.Document::title, (a, b) -> a));
    return state.documents().entrySet().stream()
        .map(
            document ->
                new Fields()
                    .with("name", document.getKey())
                    .maybe("title", titles.get(document.getKey()))
                    .with("at", document.getValue())
                    .map())
        .toList();
  }

  private List<Map<String, Object>> clocks(CaseState state, Optional<AppDefinition> definition) {
    var now = clock.instant();
    return state.clocks().values().stream().map(c -> clock(c, definition, now)).toList();
  }

  private static Map<String, Object> clock(
      ClockState clock, Optional<AppDefinition> definition, Instant now) {
    var declared =
        definition.flatMap(
            found -> found.clocks().stream().filter(c -> c.name().equals(clock.name())).findAny());
    return new Fields()
        .with("clock", clock.name())
        .maybe("title", declared.map(AppDefinition.Clock::title))
        .maybe("kind", declared.map(found -> word(found.kind())))
        .with("status", word(clock.status()))
        .with("colour", word(clock.colour(now)))
        .with("working_days", clock.workingDays())
        .with("extended_days", clock.extendedDays())
        .with("started_at", clock.startedAt())
        .with("due_at", clock.due())
        .with("yellow_at", clock.yellowAt())
        .maybe(
            "working_days_left",
            clock.status() == ClockState.Status.STOPPED ? clock.workingDaysLeft() : null)
        .maybe("halted_at", clock.haltedAt())
        .map();
  }

  /** The text of a form as JSON; empty text is an empty object. */
  static JsonNode object(String text) {
    try {
      return text.isBlank() ? Json.mapper().createObjectNode() : Json.mapper().readTree(text);
    } catch (JsonProcessingException e) {
      return Json.mapper().createObjectNode().put("unreadable", text);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
