package govcloud.node.citizen;

import govcloud.domain.deferral.NoticeDeferralState;
import govcloud.node.deferral.NoticeDeferralView;
import govcloud.node.eventsourcing.Entities;
import govcloud.node.exchange.ExchangeRow;
import govcloud.node.objection.ObjectionRow;
import govcloud.node.objection.ObjectionTable;
import govcloud.node.objection.ObjectionView;
import govcloud.node.recall.RecallRow;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Of which looks a citizen is told now. The deferrals themselves are asked and no read model, which
 * may be behind: what two people have deferred is not shown for a moment either. What the citizen
 * has objected to is known already, and stays.
 */
final class Notices {

  private static final Pattern CASE =
      Pattern.compile("[a-z0-9][a-z0-9-]{0,62}/[a-z0-9][a-z0-9-]{0,62}");

  private final Entities entities;
  private final ObjectionTable objections;
  private final InstantSource clock;

  Notices(Entities entities, ObjectionTable objections, InstantSource clock) {
    this.entities = entities;
    this.objections = objections;
    this.clock = clock;
  }

  /**
   * What is known of some looks.
   *
   * @param deferrals by id of the entity
   * @param said objections, by id of the entity
   */
  record Known(
      Map<String, NoticeDeferralState> deferrals,
      Map<String, ObjectionRow> said,
      InstantSource clock) {

    NoticeDeferralState deferral(String consumer, String caseId) {
      return deferrals.getOrDefault(
          NoticeDeferralView.id(consumer, caseId), NoticeDeferralState.NONE);
    }

    /** Why the citizen was not told of a look at once; nothing while it is still hidden. */
    Optional<Access.Late> late(ExchangeRow row) {
      var deferral = deferral(row.consumer(), row.caseId());
      return deferral.hidesAt(clock.instant())
          ? Optional.empty()
          : deferral
              .until()
              .filter(row.at()::isBefore)
              .map(
                  until ->
                      new Access.Late(
                          until, deferral.grant().orElseThrow().proposal().legalBasis()));
    }

    /** Whether the citizen is told of a look. */
    boolean shows(ExchangeRow row) {
      return said.containsKey(objection(row))
          || !deferral(row.consumer(), row.caseId()).hidesAt(clock.instant());
    }
  }

  static String objection(ExchangeRow row) {
    return ObjectionView.id(row.provider(), row.id());
  }

  /** What is known of the looks of a page. */
  CompletionStage<Known> of(List<ExchangeRow> rows) {
    var said = objections.find(rows.stream().map(Notices::objection).toList());
    return deferrals(rows.stream().map(row -> new Cited(row.consumer(), row.caseId())))
        .thenCombine(said, (deferrals, objected) -> new Known(deferrals, objected, clock));
  }

  /** Whether the citizen is told of one look. */
  CompletionStage<Boolean> shows(String consumer, String caseId, String objection) {
    return deferrals(Stream.of(new Cited(consumer, caseId)))
        .thenCombine(
            objections.find(List.of(objection)),
            (deferrals, said) ->
                !said.isEmpty()
                    || deferrals.values().stream().noneMatch(one -> one.hidesAt(clock.instant())));
  }

  /** Recalls without the cases of which the citizen is not told yet. */
  CompletionStage<List<RecallRow>> shown(List<RecallRow> recalls) {
    return deferrals(
            recalls.stream()
                .flatMap(row -> row.state().receivers().stream())
                .map(told -> new Cited(told.receiver().consumer(), told.receiver().caseId())))
        .thenApply(
            deferrals -> {
              var known = new Known(deferrals, Map.of(), clock);
              return recalls.stream().map(row -> without(row, known)).toList();
            });
  }

  private RecallRow without(RecallRow row, Known known) {
    var state = row.state();
    var receivers =
        state.receivers().stream()
            .filter(
                told ->
                    !known
                        .deferral(told.receiver().consumer(), told.receiver().caseId())
                        .hidesAt(clock.instant()))
            .toList();
    return new RecallRow(row.provider(), row.recall(), state.with(receivers), row.version());
  }

  private record Cited(String consumer, String caseId) {}

  /** A look without case, such as of a subscription, is never deferred. */
  private CompletionStage<Map<String, NoticeDeferralState>> deferrals(Stream<Cited> cases) {
    return Accesses.each(
        cases
            .filter(one -> CASE.matcher(one.caseId()).matches())
            .map(one -> NoticeDeferralView.id(one.consumer(), one.caseId())),
        id -> entities.<NoticeDeferralState>read(id).thenApply(answer -> answer.state()));
  }
}
