package govcloud.node.casework;

import com.fasterxml.jackson.databind.node.ObjectNode;
import govcloud.domain.casework.CaseEvent;
import govcloud.node.feed.EntityHistory;
import govcloud.node.feed.EventJson;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Json;
import govcloud.node.http.Lists;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.stream.javadsl.Sink;

/** Everything that happened to a case, straight from the journal. */
public final class CaseHistoryRoutes {

  private final ActorSystem<?> system;
  private final Commands commands;
  private final EntityHistory history;
  private final SealedCases cases;

  /** A commit, and its events as they may be read. */
  private record Opened(EntityHistory.Entry entry, List<Object> events) {}

  public CaseHistoryRoutes(
      ActorSystem<?> system, Commands commands, EntityHistory history, SealedCases cases) {
    this.system = system;
    this.commands = commands;
    this.history = history;
    this.cases = cases;
  }

  /** Adds the operation. */
  public void register(Routes routes) {
    routes.on("getCaseHistory", this::read);
  }

  private CompletionStage<HttpResponse> read(Call call) {
    var entityId = CaseRoutes.id(call);
    var size = Lists.request(call).size();
    var from = Lists.sequence(call);
    return commands
        .read(entityId)
        .thenCompose(
            there -> history.of(entityId, from).take(size + 1L).runWith(Sink.seq(), system))
        .thenCompose(entries -> opened(call.path("tenant"), entityId, entries))
        .thenApply(entries -> Replies.ok(body(entries, size)));
  }

  private CompletionStage<List<Opened>> opened(
      String tenant, String entityId, List<EntityHistory.Entry> entries) {
    var events = entries.stream().flatMap(entry -> entry.commit().events().stream()).toList();
    return cases
        .openEvents(tenant, entityId, events)
        .thenApply(
            opened -> {
              var next = opened.iterator();
              return entries.stream()
                  .map(
                      entry ->
                          new Opened(
                              entry,
                              entry.commit().events().stream().map(event -> next.next()).toList()))
                  .toList();
            });
  }

  private static Map<String, Object> body(List<Opened> entries, int size) {
    var page = entries.subList(0, Math.min(size, entries.size()));
    return new Fields()
        .with("items", page.stream().flatMap(CaseHistoryRoutes::items).toList())
        .maybe(
            "next_page_token",
            entries.size() > size ? Long.toString(entries.get(size).entry().sequence()) : null)
        .map();
  }

  private static Stream<Map<String, Object>> items(Opened opened) {
    return opened.events().stream().map(event -> item(opened.entry(), event));
  }

  private static Map<String, Object> item(EntityHistory.Entry entry, Object event) {
    var data = (ObjectNode) CaseJson.object(EventJson.data(event));
    data.remove("at");
    data.remove("by");
    if (data.has("form")) {
      data.set("form", CaseJson.object(data.path("form").asText()));
    }
    var item =
        new Fields()
            .with("sequence", entry.sequence())
            .with("at", entry.commit().at())
            .with(
                "occurred_at",
                event instanceof CaseEvent happened ? happened.at() : entry.commit().at())
            .with("person", entry.commit().actor().person())
            .with("role", entry.commit().actor().role())
            .with("type", EventJson.name(event));
    if (event instanceof CaseEvent.ActionTaken taken) {
      item.with("action", taken.action()).with("state", taken.to());
    } else if (event instanceof CaseEvent.Created created) {
      item.with("state", created.state());
    } else if (event instanceof CaseEvent.Migrated migrated) {
      item.with("state", migrated.toState());
    }
    return item.with("data", Json.mapper().convertValue(data, Object.class)).map();
  }
}
