package govcloud.node.objection;

import govcloud.domain.objection.ObjectionCommand;
import govcloud.domain.objection.ObjectionState;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.tenant.ActiveTenants;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Objections over HTTP: the department that gave the data answers, and others look after it. */
public final class ObjectionRoutes {

  private static final String NAME = ObjectionView.NAME;

  private final Commands commands;
  private final Lists lists;
  private final ObjectionTable table;
  private final ActiveTenants tenants;

  public ObjectionRoutes(
      Commands commands, Lists lists, ObjectionTable table, ActiveTenants tenants) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
    this.tenants = tenants;
  }

  /** Adds the operations of objections. */
  public void register(Routes routes) {
    routes
        .on("listAllObjections", call -> lists.page(call, NAME, table::all, ObjectionRoutes::shape))
        .on("listObjections", this::list)
        .on("answerObjection", this::answer);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return lists.page(
        call, NAME, page -> table.of(call.path("tenant"), page), ObjectionRoutes::shape);
  }

  private CompletionStage<HttpResponse> answer(Call call) {
    var provider = call.path("tenant");
    var command =
        new ObjectionCommand.Answer(
            provider, call.text("outcome").equals("upheld"), call.text("reason"));
    return tenants
        .require(provider)
        .thenCompose(
            active ->
                commands.change(call, ObjectionView.id(provider, call.path("exchange")), command));
  }

  private static Object shape(ObjectionRow row) {
    var fields = new Fields().with("exchange", row.exchange()).with("provider", row.provider());
    row.state()
        .matter()
        .ifPresent(
            matter ->
                fields
                    .with("office", matter.consumer())
                    .with("agreement", matter.agreement())
                    .with("name_zh", matter.nameZh())
                    .with("name_en", matter.nameEn())
                    .with("case", matter.caseId())
                    .with("purpose", matter.purpose())
                    .with("legal_basis", matter.legalBasis())
                    .with("fields", matter.fields())
                    .with("index", matter.index()));
    shape(row.state()).forEach(fields::with);
    return fields.map();
  }

  /** What became of an objection, for whoever raised it as well: nobody's name. */
  public static Map<String, Object> shape(ObjectionState state) {
    return new Fields()
        .with("status", ObjectionView.label(state.status()))
        .with("text", state.text())
        .maybe("raised_at", state.raisedAt())
        .maybe("due", state.due())
        .with("escalated", state.escalated())
        .maybe("answer", state.answer().map(ObjectionState.Answer::reason))
        .maybe("answered_at", state.answer().map(ObjectionState.Answer::at))
        .map();
  }
}
