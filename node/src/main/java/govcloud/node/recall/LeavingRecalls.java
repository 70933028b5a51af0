package govcloud.node.recall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.Actor;
import govcloud.domain.recall.RecallCommand;
import govcloud.domain.recall.RecallState;
import govcloud.domain.recall.RecallState.Receiver;
import govcloud.domain.recall.RecallState.Told;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.eventsourcing.Request;
import govcloud.node.exchange.crossing.KnownCloud;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recalls of this cloud on their way to departments of others: what is open for those that
 * departments of this cloud stand for, and what they say they have done.
 */
final class LeavingRecalls {

  private static final Logger LOG = LoggerFactory.getLogger(LeavingRecalls.class);
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  /** Also with all cases that a recall can have they fit into one answer. */
  private static final int PAGE = 10;

  private static final int LONGEST_PERSON = 128;

  /** Nobody here knows the role of whoever acknowledges there. */
  private static final String STAFF = "staff";

  private final Entities entities;
  private final RecallTable recalls;

  LeavingRecalls(Entities entities, RecallTable recalls) {
    this.entities = entities;
    this.recalls = recalls;
  }

  /** Takes what a cloud's departments have done, and tells what is open for them. */
  CompletionStage<ObjectNode> answer(KnownCloud cloud, ObjectNode body) {
    CompletionStage<Void> done = CompletableFuture.completedStage(null);
    for (JsonNode said : body.path("acknowledgements")) {
      done = done.thenCompose(before -> acknowledge(cloud, said));
    }
    var token = Optional.of(body.path("page").asText("")).filter(text -> !text.isEmpty());
    return done.thenCompose(all -> recalls.open(new PageRequest(PAGE, token)))
        .thenApply(page -> told(cloud, page));
  }

  /** Whoever acknowledges something else than what was told is not heard, and asks again. */
  private CompletionStage<Void> acknowledge(KnownCloud cloud, JsonNode said) {
    var guest = cloud.departments().get(said.path("department").asText());
    var provider = said.path("provider").asText();
    var recall = said.path("recall").asText();
    var person = said.path("person").asText();
    if (guest == null
        || !isIdentifier(provider)
        || !isIdentifier(recall)
        || person.length() > LONGEST_PERSON) {
      LOG.warn("recalls: {} acknowledges what was not told", cloud.name());
      return CompletableFuture.completedStage(null);
    }
    var command =
        new RecallCommand.Acknowledge(
            guest, said.path("case").asText(), said.path("note").asText());
    return entities
        .<RecallState>ask(
            RecallView.id(provider, recall),
            Request.of(command, new Actor(person + "@" + cloud.name(), STAFF)))
        .thenAccept(
            answer ->
                answer
                    .refused()
                    .ifPresent(why -> LOG.warn("recalls: {}: {}", cloud.name(), why.message())));
  }

  /** Whether a text names a department or a recall. */
  static boolean isIdentifier(String text) {
    return IDENTIFIER.matcher(text).matches();
  }

  private static ObjectNode told(KnownCloud cloud, Page<RecallRow> page) {
    var told = JsonNodeFactory.instance.objectNode();
    var all = told.putArray("recalls");
    for (var row : page.items()) {
      // What has come from another cloud is not passed on.
      if (!row.isFromElsewhere()) {
        cloud
            .departments()
            .forEach(
                (theirs, ours) -> {
                  var open = open(row, ours);
                  if (!open.isEmpty()) {
                    all.add(shape(row, theirs, open));
                  }
                });
      }
    }
    page.nextPageToken().ifPresent(next -> told.put("next", next));
    return told;
  }

  private static List<Receiver> open(RecallRow row, String guest) {
    return row.state().receivers().stream()
        .filter(told -> told.acknowledged().isEmpty())
        .map(Told::receiver)
        .filter(one -> one.consumer().equals(guest))
        .filter(one -> !isOfMany(one))
        .toList();
  }

  private static ObjectNode shape(RecallRow row, String department, List<Receiver> open) {
    var matter = row.state().matter().orElseThrow();
    var shape =
        JsonNodeFactory.instance
            .objectNode()
            .put("department", department)
            .put("provider", row.provider())
            .put("recall", row.recall())
            .put("resource", matter.resource())
            .put("name_zh", matter.nameZh())
            .put("name_en", matter.nameEn())
            .put("since", matter.since().toString())
            .put("reason", matter.reason())
            .put("issued_at", row.state().issuedAt().orElseThrow().toString());
    matter.fields().forEach(shape.putArray("fields")::add);
    shape.put("subject", matter.subject());
    var cases = shape.putArray("cases");
    open.forEach(
        one ->
            cases
                .addObject()
                .put("case", one.caseId())
                .put("person", one.person())
                .put("exchange", one.exchange())
                .put("index", one.index()));
    return shape;
  }

  /**
   * Whether it was received with others, of whom the other cloud may not know who they are, and has
   * nothing by which to find the one that is wrong: these its people hear of by other means.
   */
  private static boolean isOfMany(Receiver one) {
    return one.caseId().indexOf(':') >= 0;
  }
}
