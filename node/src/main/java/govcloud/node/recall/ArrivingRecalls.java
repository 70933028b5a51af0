package govcloud.node.recall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Actor;
import govcloud.domain.recall.Recall;
import govcloud.domain.recall.RecallCommand;
import govcloud.domain.recall.RecallState;
import govcloud.domain.recall.RecallState.Acknowledgement;
import govcloud.domain.recall.RecallState.Matter;
import govcloud.domain.recall.RecallState.Receiver;
import govcloud.domain.tenant.TenantState;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.exchange.crossing.RecallLine;
import govcloud.node.tenant.ActiveTenants;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recalls of other clouds as departments of this one receive them: each becomes a recall here, for
 * callbacks, limits, supervisors and citizens, and what was done about a case goes back until the
 * other cloud does not name it any more. Whatever is interrupted, the next look does again.
 */
final class ArrivingRecalls {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivingRecalls.class);

  /** So many acknowledgements fit into one query, however long their notes are. */
  private static final int MOST_SAID = 30;

  private static final int LONGEST = 256;

  /** So many pages of one cloud are read in one look. */
  private static final int MOST_PAGES = 1_000;

  private final Entities entities;
  private final Recipients recipients;
  private final ActiveTenants tenants;
  private final RecallLine line;

  ArrivingRecalls(
      Entities entities, Recipients recipients, ActiveTenants tenants, RecallLine line) {
    this.entities = entities;
    this.recipients = recipients;
    this.tenants = tenants;
    this.line = line;
  }

  /** Looks at all other clouds; one that does not answer keeps nobody from the others. */
  CompletionStage<Void> look() {
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (String cloud : line.askable()) {
      done =
          done.thenCompose(before -> from(cloud, "", MOST_PAGES))
              .exceptionally(failure -> logged(cloud, failure));
    }
    return done;
  }

  private CompletionStage<Void> from(String cloud, String page, int pages) {
    return line.ask(cloud, JsonNodeFactory.instance.objectNode().put("page", page))
        .thenCompose(
            told ->
                take(cloud, told.path("recalls"))
                    .thenCompose(done -> tell(cloud, said(done)))
                    // They are said again with the next look, and hold back no later page.
                    .exceptionally(failure -> logged(cloud, failure))
                    .thenCompose(
                        said -> {
                          var next = told.path("next").asText("");
                          return next.isEmpty() || pages == 1
                              ? CompletableFuture.completedStage(null)
                              : from(cloud, next, pages - 1);
                        }));
  }

  private static Void logged(String cloud, Throwable failure) {
    LOG.info("recalls of {}: {}", cloud, failure.toString());
    return null;
  }

  private CompletionStage<Void> tell(String cloud, List<ObjectNode> queries) {
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (ObjectNode query : queries) {
      all = all.thenCompose(before -> line.ask(cloud, query)).thenApply(answer -> null);
    }
    return all;
  }

  /** Queries that say what was done. */
  static List<ObjectNode> said(List<ObjectNode> done) {
    var queries = new ArrayList<ObjectNode>();
    for (int from = 0; from < done.size(); from += MOST_SAID) {
      var query = JsonNodeFactory.instance.objectNode();
      done.subList(from, Math.min(done.size(), from + MOST_SAID))
          .forEach(query.putArray("acknowledgements")::add);
      queries.add(query);
    }
    return queries;
  }

  /** Takes in each, and gives what was done about those that were taken in before. */
  private CompletionStage<List<ObjectNode>> take(String cloud, JsonNode recalls) {
    var done = new ArrayList<ObjectNode>();
    CompletionStage<Void> all = CompletableFuture.completedStage(null);
    for (JsonNode told : recalls) {
      all =
          all.thenCompose(before -> take(cloud, told, done))
              .exceptionally(
                  failure -> {
                    LOG.warn("recall of {}: {}", cloud, failure.toString());
                    return null;
                  });
    }
    return all.thenApply(each -> done);
  }

  private CompletionStage<Void> take(String cloud, JsonNode told, List<ObjectNode> done) {
    var department = told.path("department").asText();
    var recall = told.path("recall").asText();
    if (!LeavingRecalls.isIdentifier(department)
        || !LeavingRecalls.isIdentifier(recall)
        || !LeavingRecalls.isIdentifier(told.path("provider").asText())) {
      throw new IllegalArgumentException("department, provider or recall: no identifier");
    }
    if (!isBounded(told)) {
      throw new IllegalArgumentException("recall: a text is too long, or there are too many");
    }
    if (told.path("subject").asText().isEmpty()) {
      throw new IllegalArgumentException("subject: absent, so nothing of it was given here");
    }
    var matter = matter(cloud, told);
    var id = RecallView.arrived(department, matter.provider(), recall);
    return tenants
        .look(department)
        .thenCompose(
            tenant ->
                tenant.status() == TenantState.Status.ACTIVE
                    ? entities
                        .<RecallState>read(id)
                        .thenCompose(
                            known -> take(told, department, id, known.state(), matter, done))
                    : CompletableFuture.completedStage(null));
  }

  private CompletionStage<Void> take(
      JsonNode told,
      String department,
      String id,
      RecallState state,
      Matter matter,
      List<ObjectNode> done) {
    CompletionStage<Collection<Receiver>> named =
        namesOthers(told, department, state)
            ? named(told, department, matter)
            : CompletableFuture.completedStage(List.of());
    return named.thenCompose(
        own -> {
          var fresh = fresh(own, state);
          done.addAll(done(told, department, state, fresh.isEmpty()));
          return tell(id, state, matter, fresh);
        });
  }

  /** Whether a case is named that was not told yet; only then own exchanges are read. */
  static boolean namesOthers(JsonNode told, String department, RecallState state) {
    for (JsonNode one : told.path("cases")) {
      var theCase = one.path("case").asText();
      if (theCase.isEmpty() || state.told(department, theCase).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /**
   * Where own exchanges with the cloud show no case there is no recall: another cloud cannot make
   * one up. Where lists are behind nobody is found yet, and the next look finds them.
   */
  private CompletionStage<Void> tell(
      String id, RecallState state, Matter matter, List<Receiver> fresh) {
    if (fresh.isEmpty()) {
      return CompletableFuture.completedStage(null);
    }
    var issued =
        state.matter().isPresent() ? CompletableFuture.completedStage(state) : issued(id, matter);
    return issued.thenCompose(
        now ->
            now.status() == RecallState.Status.NONE
                ? CompletableFuture.completedStage(null)
                : recipients.tell(id, now, fresh));
  }

  /** Whether nothing is longer, or there more often, than a cloud says of a recall. */
  static boolean isBounded(JsonNode told) {
    var texts = new ArrayList<JsonNode>();
    List.of("resource", "name_zh", "name_en", "subject")
        .forEach(name -> texts.add(told.path(name)));
    told.path("fields").forEach(texts::add);
    for (JsonNode one : told.path("cases")) {
      List.of("case", "person", "exchange").forEach(name -> texts.add(one.path(name)));
    }
    return told.path("cases").size() <= Recall.MOST_RECEIVERS
        && texts.stream().allMatch(text -> text.asText().length() <= LONGEST);
  }

  private static Matter matter(String cloud, JsonNode told) {
    var fields = new ArrayList<String>();
    told.path("fields").forEach(name -> fields.add(name.asText()));
    return new Matter(
        told.path("provider").asText() + "@" + cloud,
        told.path("resource").asText(),
        told.path("name_zh").asText(),
        told.path("name_en").asText(),
        told.path("subject").asText(""),
        fields,
        instant(told, "since"),
        told.path("reason").asText());
  }

  private static Instant instant(JsonNode told, String name) {
    try {
      return Instant.parse(told.path(name).asText());
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(name + ": no moment", e);
    }
  }

  /** The recall here, issued by the other cloud. */
  private CompletionStage<RecallState> issued(String id, Matter matter) {
    var issue = new RecallCommand.Issue(matter.provider(), matter);
    return entities
        .<RecallState>ask(id, Request.of(issue, Actor.platform()))
        .thenApply(
            answer -> {
              answer.refused().ifPresent(why -> LOG.warn("{}: {}", id, why.message()));
              return answer.state();
            });
  }

  private static List<Receiver> fresh(Collection<Receiver> named, RecallState state) {
    return named.stream()
        .filter(one -> state.told(one.consumer(), one.caseId()).isEmpty())
        .limit(Recall.MOST_AT_ONCE)
        .toList();
  }

  /**
   * The cases that the other cloud names, by this cloud's own exchanges alone: what they do not
   * show was not given here, and whether their looks are deferred is known of these alone.
   */
  private CompletionStage<Collection<Receiver>> named(
      JsonNode told, String department, Matter matter) {
    return recipients
        .find(matter, instant(told, "issued_at"))
        .thenApply(
            own ->
                own.stream()
                    .filter(one -> one.consumer().equals(department))
                    .filter(one -> names(told, one.caseId()))
                    .toList());
  }

  /** Whether a case is named; without matters the other cloud knows none, and means each. */
  static boolean names(JsonNode told, String theCase) {
    for (JsonNode one : told.path("cases")) {
      var named = one.path("case").asText();
      if (named.isEmpty() || named.equals(theCase)) {
        return true;
      }
    }
    return false;
  }

  /** What to say of each; of a case without name only where all that it means were told. */
  static List<ObjectNode> done(
      JsonNode told, String department, RecallState state, boolean allTold) {
    var done = new ArrayList<ObjectNode>();
    for (JsonNode one : told.path("cases")) {
      var theCase = one.path("case").asText();
      if (allTold || !theCase.isEmpty()) {
        acknowledged(department, theCase, state)
            .ifPresent(said -> done.add(shape(told, theCase, said)));
      }
    }
    return done;
  }

  /** What was done about a case; about the one without name as soon as all are done. */
  static Optional<Acknowledgement> acknowledged(
      String department, String theCase, RecallState state) {
    if (!theCase.isEmpty()) {
      return state.told(department, theCase).flatMap(RecallState.Told::acknowledged);
    }
    var all =
        state.receivers().stream()
            .filter(one -> one.receiver().consumer().equals(department))
            .map(RecallState.Told::acknowledged)
            .toList();
    return all.stream().allMatch(Optional::isPresent)
        ? all.stream().flatMap(Optional::stream).findFirst()
        : Optional.empty();
  }

  private static ObjectNode shape(JsonNode told, String theCase, Acknowledgement said) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("department", told.path("department").asText())
        .put("provider", told.path("provider").asText())
        .put("recall", told.path("recall").asText())
        .put("case", theCase)
        .put("note", said.note())
        .put("person", said.person());
  }
}
