package govcloud.node.operation;

import static govcloud.node.http.Replies.ok;

import govcloud.domain.operation.OperationCommand;
import govcloud.domain.operation.OperationState;
import govcloud.domain.operation.OperationState.Status;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** What can be asked of operations over HTTP. */
public final class OperationRoutes {

  private final Commands commands;
  private final Lists lists;
  private final OperationTable table;

  public OperationRoutes(Commands commands, Lists lists, OperationTable table) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
  }

  /** Adds the operations of operations. */
  public void register(Routes routes) {
    routes
        .on("listOperations", this::list)
        .on("getOperation", this::get)
        .on(
            "cancelOperation",
            call ->
                commands.change(call, id(call), new OperationCommand.Cancel(call.text("reason"))))
        .on(
            "retryOperation",
            call -> commands.change(call, id(call), new OperationCommand.Retry()));
  }

  private static String id(Call call) {
    return "operation/" + call.path("operation");
  }

  private CompletionStage<HttpResponse> get(Call call) {
    return commands.<OperationState>read(id(call)).thenApply(answer -> shown(call, answer));
  }

  private static HttpResponse shown(Call call, Answer<OperationState> answer) {
    var response = Commands.versioned(ok(shape(call.path("operation"), answer)), answer);
    return answer.state().open() ? Replies.header(response, "Retry-After", "1") : response;
  }

  private static Map<String, Object> shape(String operation, Answer<OperationState> answer) {
    var state = answer.state();
    return new Fields()
        .with("operation", operation)
        .with("kind", state.kind())
        .with("subject", state.subject())
        .with("tenant", state.tenant())
        .with("status", answer.status())
        .maybe("progress", state.progress().total() > 0 ? state.progress() : null)
        .with("steps", state.steps())
        .maybe("requester", state.requester())
        .with("attempt", state.attempt())
        .maybe("deadline", state.deadline())
        .maybe("reason", state.reason())
        .with("retryable", state.retryable())
        .maybe("result", state.result())
        .with("version", answer.version())
        .with("created_at", state.createdAt().orElse(answer.at()))
        .with("updated_at", state.updatedAt().orElse(answer.at()))
        .map();
  }

  private CompletionStage<HttpResponse> list(Call call) {
    var status =
        call.parameter("status").map(name -> Status.valueOf(name.toUpperCase(Locale.ROOT)));
    return lists.page(
        call,
        OperationView.NAME,
        page -> table.list(status, call.parameter("tenant"), page),
        OperationRoutes::shape);
  }

  private static Map<String, Object> shape(OperationRow row) {
    var progress = new OperationState.Progress(row.done(), row.total(), row.unit());
    return new Fields()
        .with("operation", row.operation())
        .with("kind", row.kind())
        .with("subject", row.subject())
        .with("tenant", row.tenant())
        .with("status", row.statusLabel())
        .maybe("progress", row.total() > 0 ? progress : null)
        .with("steps", row.steps())
        .with("attempt", row.attempt())
        .maybe("deadline", row.deadline())
        .maybe("reason", row.reason())
        .with("retryable", row.retryable())
        .maybe("result", row.result())
        .with("version", row.version())
        .with("created_at", row.createdAt())
        .with("updated_at", row.updatedAt())
        .map();
  }
}
