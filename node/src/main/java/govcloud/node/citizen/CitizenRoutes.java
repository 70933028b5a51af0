package govcloud.node.citizen;

import govcloud.domain.Actor;
import govcloud.domain.catalogue.LocalText;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.objection.ObjectionCommand;
import govcloud.exchange.evidence.Evidence;
import govcloud.ledger.leaf.FieldKeys;
import govcloud.node.exchange.ExchangeView;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Lists;
import govcloud.node.http.Routes;
import govcloud.node.objection.ObjectionRoutes;
import govcloud.node.objection.ObjectionView;
import govcloud.node.projection.Page;
import govcloud.node.projection.PageRequest;
import govcloud.node.recall.RecallRoutes;
import govcloud.node.recall.RecallRow;
import govcloud.node.recall.RecallTable;
import govcloud.node.recall.RecallView;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Who looked at one's own data, over HTTP. */
final class CitizenRoutes {

  private final Accesses accesses;
  private final RecallTable recalls;
  private final Commands commands;
  private final Lists lists;

  CitizenRoutes(Accesses accesses, RecallTable recalls, Commands commands, Lists lists) {
    this.accesses = accesses;
    this.recalls = recalls;
    this.commands = commands;
    this.lists = lists;
  }

  void register(Routes routes) {
    routes
        .on("listMyAccesses", this::list)
        .on("listMyRecalls", this::recalls)
        .on("getMyAccessOpening", this::opening)
        .on("objectToAccess", this::object);
  }

  private CompletionStage<HttpResponse> list(Call call) {
    return lists.page(
        call, ExchangeView.NAME, page -> accesses.page(call.actor(), page), CitizenRoutes::shape);
  }

  /** What departments have corrected of the citizen's data after it was given out. */
  private CompletionStage<HttpResponse> recalls(Call call) {
    return lists.page(
        call, RecallView.NAME, page -> recalls(call.actor(), page), RecallRoutes::shape);
  }

  private CompletionStage<Page<RecallRow>> recalls(Actor actor, PageRequest page) {
    return accesses
        .listOf(actor)
        .thenCompose(list -> recalls.about(list, page))
        .thenCompose(
            found ->
                accesses
                    .shown(found.items())
                    .thenApply(shown -> new Page<>(shown, found.nextPageToken())));
  }

  /** What lets the citizen show that the entry is about the citizen, and opens nothing else. */
  private CompletionStage<HttpResponse> opening(Call call) {
    return accesses
        .find(call.actor(), call.path("office"), call.path("exchange"))
        .thenApply(
            record ->
                HttpResponse.create().withEntity(ContentTypes.TEXT_PLAIN_UTF8, opening(record)));
  }

  private static String opening(ExchangeRecord record) {
    return new FieldKeys(Base64.getDecoder().decode(record.secret()))
        .open(Evidence.SUBJECT, record.subject().getBytes(StandardCharsets.UTF_8))
        .toText();
  }

  private CompletionStage<HttpResponse> object(Call call) {
    return accesses
        .find(call.actor(), call.path("office"), call.path("exchange"))
        .thenCompose(
            record ->
                commands.change(
                    call,
                    ObjectionView.id(record.provider(), record.id()),
                    new ObjectionCommand.Raise(Accesses.matter(record), call.text("text"))));
  }

  private static Object shape(Access access) {
    var row = access.row();
    return new Fields()
        .with("exchange", row.id())
        .with("at", row.at())
        .with("office", row.consumer())
        .with("office_name", text(access.office()))
        .with("provider", row.provider())
        .with("provider_name", text(access.provider()))
        .with("role", row.role())
        .with("case", row.caseId())
        .with("agreement", row.agreement())
        .with("resource", row.resource())
        .with("resource_name", text(new LocalText(row.nameZh(), row.nameEn())))
        .with("purpose", row.purpose())
        .with("legal_basis", row.legalBasis())
        .with("fields", row.fields())
        .with("masked", row.masked())
        .with("outcome", row.code().isEmpty() ? "permitted" : "refused")
        .with("code", row.code())
        .with("log", row.log())
        .with("index", row.index())
        .maybe("objection", access.objection().map(ObjectionRoutes::shape))
        .maybe("deferred", access.late().map(CitizenRoutes::late))
        .map();
  }

  private static Map<String, Object> late(Access.Late late) {
    return new Fields().with("until", late.until()).with("legal_basis", late.legalBasis()).map();
  }

  private static Map<String, Object> text(LocalText text) {
    return new Fields().with("zh", text.zh()).with("en", text.en()).map();
  }
}
