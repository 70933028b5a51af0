package govcloud.node.audit;

import govcloud.domain.audit.AuditState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.operation.ApprovalRequests;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What auditors ask of the trail. */
final class AuditRoutes {

  private final AuditSearch search;
  private final AuditKeeping keeping;
  private final Commands commands;

  AuditRoutes(AuditSearch search, AuditKeeping keeping, Commands commands) {
    this.search = search;
    this.keeping = keeping;
    this.commands = commands;
  }

  void register(Routes routes) {
    routes
        .on("searchAudit", this::search)
        .on("getAuditRetention", this::retention)
        .on("keepAudit", this::keep);
  }

  private CompletionStage<HttpResponse> keep(Call call) {
    return keeping
        .request(
            Commands.identifier("audit-", call),
            call.body().path("days").asInt(),
            call.actor(),
            call.dryRun())
        .thenApply(ApprovalRequests::asked);
  }

  private CompletionStage<HttpResponse> search(Call call) {
    var filter = AuditFilter.of(call, search.now());
    var page = Lists.request(call);
    return search
        .find(filter, page.token().map(AuditPlace::read), page.size())
        .thenApply(result -> Replies.ok(shape(result)));
  }

  private static Map<String, Object> shape(AuditSearch.Result result) {
    return new Fields()
        .with("items", result.found().stream().map(AuditRoutes::shape).toList())
        .with(
            "damaged",
            result.damaged().stream()
                .map(
                    one ->
                        new Fields()
                            .with("stream", one.stream())
                            .with("message", one.message())
                            .map())
                .toList())
        .maybe("next_page_token", result.next().map(AuditPlace::toString))
        .map();
  }

  static Map<String, Object> shape(AuditSearch.Found found) {
    var record = found.record();
    return new Fields()
        .with("stream", found.stream())
        .with("sequence", found.place().sequence())
        .with("index", found.place().index())
        .with("at", record.at())
        .with("person", record.person())
        .with("role", record.role())
        .with("through", record.account())
        .with("action", record.action())
        .with("tenant", record.tenant())
        .with("object", record.object())
        .with("outcome", record.outcome().name().toLowerCase(Locale.ROOT))
        .with("code", record.code())
        .with("source", record.source())
        .with("request_id", record.requestId())
        .with("count", record.count())
        .map();
  }

  private CompletionStage<HttpResponse> retention(Call call) {
    return commands
        .entities()
        .<AuditState>read(AuditStreams.RETENTION)
        .thenApply(answer -> Commands.versioned(Replies.ok(Map.of("days", days(answer))), answer));
  }

  private static int days(Answer<AuditState> answer) {
    return answer.state().retentionDays();
  }
}
