package govcloud.node.correction;

import govcloud.domain.correction.CorrectionCommand;
import govcloud.domain.correction.CorrectionRefusal;
import govcloud.domain.correction.CorrectionState;
import govcloud.domain.correction.CorrectionState.Asker;
import govcloud.domain.correction.CorrectionState.Matter;
import govcloud.domain.correction.CorrectionState.Status;
import govcloud.domain.exchange.ExchangeRecord;
import govcloud.domain.exchange.ExchangeState;
import govcloud.domain.recall.RecallCommand;
import govcloud.domain.recall.RecallRefusal;
import govcloud.domain.recall.RecallState;
import govcloud.node.eventsourcing.Answer;
import govcloud.node.eventsourcing.Request;
import govcloud.node.http.Call;
import govcloud.node.http.Commands;
import govcloud.node.http.Fields;
import govcloud.node.http.Hashes;
import govcloud.node.http.Lists;
import govcloud.node.http.Replies;
import govcloud.node.http.Routes;
import govcloud.node.recall.RecallView;
import govcloud.node.sharing.SharingIds;
import govcloud.node.tenant.ActiveTenants;
import govcloud.node.vault.Opener;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Requests for corrections over HTTP, for the department that asks and the one that answers. */
public final class CorrectionRoutes {

  private static final String NAME = CorrectionView.NAME;
  private static final String OFFICER = "data-officer";
  private static final int RECALL_DIGITS = 24;

  private final Commands commands;
  private final Lists lists;
  private final CorrectionTable table;
  private final Corrections corrections;
  private final ActiveTenants tenants;

  /** Routes; nothing asked yet. */
  public CorrectionRoutes(
      Commands commands,
      Lists lists,
      CorrectionTable table,
      Corrections corrections,
      ActiveTenants tenants) {
    this.commands = commands;
    this.lists = lists;
    this.table = table;
    this.corrections = corrections;
    this.tenants = tenants;
  }

  /** Adds the operations of corrections. */
  public void register(Routes routes) {
    routes
        .on(
            "listAllCorrections",
            call -> lists.page(call, NAME, table::all, CorrectionRoutes::shape))
        .on(
            "listCorrections",
            call ->
                lists.page(
                    call,
                    NAME,
                    page -> table.answeredBy(call.path("tenant"), page),
                    CorrectionRoutes::shape))
        .on(
            "listAskedCorrections",
            call ->
                lists.page(
                    call,
                    NAME,
                    page -> table.askedBy(call.path("tenant"), page),
                    CorrectionRoutes::shape))
        .on("askCorrection", this::ask)
        .on("getCorrection", this::get)
        .on("answerCorrection", this::answer);
  }

  private CompletionStage<HttpResponse> ask(Call call) {
    var consumer = call.path("tenant");
    return tenants
        .require(consumer)
        .thenCompose(active -> exchange(consumer, call.text("exchange")))
        .thenApply(record -> own(call, record))
        .thenCompose(
            record ->
                corrections
                    .ask(
                        record,
                        Asker.OFFICE,
                        call.text("field"),
                        call.text("value"),
                        call.text("reason"),
                        !call.dryRun())
                    .thenCompose(
                        command ->
                            commands.change(
                                call,
                                Corrections.id(record, Asker.OFFICE, call.text("field")),
                                command)));
  }

  private CompletionStage<ExchangeRecord> exchange(String consumer, String exchange) {
    return commands
        .<ExchangeState>read(SharingIds.exchange(consumer, exchange))
        .thenApply(answer -> answer.state().record().orElseThrow());
  }

  /** Who saw the value asks, or an officer of the department. */
  private static ExchangeRecord own(Call call, ExchangeRecord record) {
    var actor = call.actor();
    if (!actor.person().equals(record.person()) && !actor.role().equals(OFFICER)) {
      throw Corrections.refused(
          CorrectionRefusal.CORRECTION_PARTY_WRONG,
          actor.person() + ": did not ask for it (expected: who did, or a " + OFFICER + ")");
    }
    return record;
  }

  private static String id(Call call) {
    return CorrectionView.id(
        call.path("tenant"), call.path("exchange"), call.path("asker"), call.path("field"));
  }

  /** With the value and the number of whose it is: the department has both already. */
  private CompletionStage<HttpResponse> get(Call call) {
    return commands
        .<CorrectionState>read(id(call))
        .thenCompose(
            answer -> {
              var state = answer.state();
              var matter = state.matter().orElseThrow();
              return corrections
                  .open(matter, state.value())
                  .thenCombine(
                      exchange(matter.consumer(), matter.exchange()),
                      (value, record) ->
                          Commands.versioned(
                              Replies.ok(
                                  fields(matter, state)
                                      .with("value", value.text())
                                      .with("readable", value.outcome() == Opener.Outcome.READABLE)
                                      .with("subject", record.subject())
                                      .map()),
                              answer));
            });
  }

  private CompletionStage<HttpResponse> answer(Call call) {
    return tenants
        .require(call.path("tenant"))
        .thenCompose(active -> answered(call))
        .thenCompose(command -> commands.change(call, id(call), command));
  }

  private CompletionStage<CorrectionCommand> answered(Call call) {
    var provider = call.path("tenant");
    var reason = call.text("reason");
    return call.text("outcome").equals("accepted")
        ? recalled(call, new CorrectionCommand.Accept(provider, recall(id(call)), reason))
        : CompletableFuture.completedStage(new CorrectionCommand.Refuse(provider, reason));
  }

  /** Name of the recall that a correction issues. */
  private static String recall(String correction) {
    var digits = Hashes.hex(correction.getBytes(StandardCharsets.UTF_8));
    return "correction-" + digits.substring(0, RECALL_DIGITS);
  }

  /**
   * The recall comes first: a correction that is accepted and of which nobody is told is none. And
   * nobody is told of one that would not be accepted.
   */
  private CompletionStage<CorrectionCommand> recalled(Call call, CorrectionCommand.Accept accept) {
    var since = since(call);
    var id = id(call);
    return commands
        .<CorrectionState>read(id)
        .thenCompose(
            answer ->
                answer.state().status() == Status.OPEN && !call.dryRun()
                    ? commands
                        .<CorrectionState>tryOut(call, id, accept)
                        .thenCompose(
                            fine ->
                                issue(
                                    call,
                                    accept.recall(),
                                    answer.state().matter().orElseThrow(),
                                    since))
                        .thenApply(issued -> accept)
                    : CompletableFuture.completedStage(accept));
  }

  private static Instant since(Call call) {
    return Optional.of(call.text("since"))
        .filter(text -> !text.isEmpty())
        .map(Instant::parse)
        .orElseThrow(
            () ->
                Corrections.refused(
                    CorrectionRefusal.CORRECTION_TEXT_INVALID,
                    "since: none (expected: from when on the value was wrong)"));
  }

  private CompletionStage<?> issue(Call call, String recall, Matter matter, Instant since) {
    var command =
        new RecallCommand.Issue(
            matter.provider(),
            new RecallState.Matter(
                matter.provider(),
                matter.resource(),
                matter.nameZh(),
                matter.nameEn(),
                matter.subject(),
                List.of(matter.field()),
                since,
                call.text("reason")));
    return commands
        .entities()
        .<RecallState>ask(
            RecallView.id(matter.provider(), recall),
            Request.of(command, call.actor()).tracedBy(call.traceId()))
        .thenApply(
            answer -> isIssued(answer, command.matter()) ? answer : Commands.accepted(answer));
  }

  /** Whether an answer was begun before, with other words: the recall of this value is out. */
  static boolean isIssued(Answer<RecallState> answer, RecallState.Matter wanted) {
    return answer
            .refused()
            .filter(why -> why.code().equals(RecallRefusal.RECALL_ALREADY_EXISTS.name()))
            .isPresent()
        && answer
            .state()
            .matter()
            .filter(there -> there.resource().equals(wanted.resource()))
            .filter(there -> there.subject().equals(wanted.subject()))
            .filter(there -> there.fields().equals(wanted.fields()))
            .isPresent();
  }

  /** A request for a list: neither the value nor the name of a clerk. */
  public static Map<String, Object> shape(CorrectionRow row) {
    return fields(row.state().matter().orElseThrow(), row.state()).map();
  }

  private static Fields fields(Matter matter, CorrectionState state) {
    return new Fields()
        .with("exchange", matter.exchange())
        .with("asker", CorrectionView.label(matter.asker()))
        .with("field", matter.field())
        .with("office", matter.consumer())
        .with("provider", matter.provider())
        .with("resource", matter.resource())
        .with("name_zh", matter.nameZh())
        .with("name_en", matter.nameEn())
        .with("case", matter.caseId())
        .with("index", matter.index())
        .with("status", CorrectionView.label(state.status()))
        .with("reason", state.reason())
        .maybe("asked_at", state.askedAt())
        .maybe("due", state.due())
        .with("escalated", state.escalated())
        .maybe("answer", state.answer().map(CorrectionState.Answer::reason))
        .maybe("answered_at", state.answer().map(CorrectionState.Answer::at))
        .maybe(
            "recall",
            state.answer().map(CorrectionState.Answer::recall).filter(id -> !id.isEmpty()));
  }
}
