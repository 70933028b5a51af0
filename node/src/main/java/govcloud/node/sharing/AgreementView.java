package govcloud.node.sharing;

import govcloud.domain.Commit;
import govcloud.domain.sharing.Activation;
import govcloud.domain.sharing.AgreementEvent;
import govcloud.domain.sharing.AgreementState;
import govcloud.domain.sharing.AgreementState.Contract;
import govcloud.domain.sharing.AgreementState.Proposal;
import govcloud.domain.sharing.AgreementState.Status;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept of agreements: those of each party newest first, those that wait for the operator,
 * those that a limit or their end is near, and emergency agreements that are active or to be
 * reviewed.
 */
public final class AgreementView implements View<AgreementRow> {

  /** Name of the view. */
  public static final String NAME = "agreements";

  static final String ALL = "all";

  /** Applications that are on their way and not told of, by limit. */
  static final String LIMITS = "limits";

  /** Applications whose limit passed in silence, by limit. */
  static final String SILENT = "silent";

  /** Agreements in force or suspended, by their end. */
  static final String ENDS = "ends";

  /** Emergency agreements that give data now, by the end of their activation. */
  static final String ACTIVE = "active";

  /** Emergency agreements whose last activation has not been reviewed, by the limit. */
  static final String REVIEWS = "reviews";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "agreement";
  }

  @Override
  public Class<AgreementRow> rowType() {
    return AgreementRow.class;
  }

  @Override
  public String scope(String entityId) {
    return EntityIds.part(entityId, 1);
  }

  @Override
  public AgreementRow after(
      Optional<AgreementRow> before, String entityId, long version, Commit<?> commit) {
    var state = before.map(AgreementRow::state).orElse(AgreementState.VACANT);
    for (Object event : commit.events()) {
      state = state.after((AgreementEvent) event);
    }
    return new AgreementRow(
        EntityIds.part(entityId, 1),
        EntityIds.part(entityId, 2),
        state,
        version,
        before.map(AgreementRow::createdAt).orElse(commit.at()),
        commit.at());
  }

  @Override
  public List<Entry> entries(AgreementRow row, int slice) {
    var entries = new ArrayList<Entry>();
    var newest = SortKey.descending(row.createdAt());
    entries.add(new Entry(ALL, newest));
    entries.add(new Entry(ofStatus(row.state().status()), newest));
    row.state()
        .terms()
        .ifPresent(
            terms -> {
              entries.add(new Entry(ofParty(terms.consumer()), newest));
              entries.add(new Entry(ofParty(terms.provider()), newest));
            });
    row.state().proposal().flatMap(AgreementView::limit).ifPresent(entries::add);
    row.state()
        .contract()
        .filter(Contract::open)
        .ifPresent(
            contract ->
                entries.add(new Entry(ENDS, SortKey.ascending(contract.terms().validUntil()))));
    row.state().activation().flatMap(AgreementView::emergency).ifPresent(entries::add);
    return entries;
  }

  private static Optional<Entry> emergency(Activation activation) {
    return switch (activation.stage()) {
      case ACTIVE -> activation.until().map(end -> new Entry(ACTIVE, SortKey.ascending(end)));
      case ENDED -> activation.reviewDue().map(due -> new Entry(REVIEWS, SortKey.ascending(due)));
      case REQUESTED, WITHDRAWN, REVIEWED -> Optional.empty();
    };
  }

  private static Optional<Entry> limit(Proposal proposal) {
    return proposal
        .due()
        .map(due -> new Entry(proposal.escalated() ? SILENT : LIMITS, SortKey.ascending(due)));
  }

  static String ofParty(String department) {
    return "party=" + department;
  }

  static String ofStatus(Status status) {
    return "status=" + label(status);
  }

  static String label(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<String> countedAs(AgreementRow row) {
    return List.of(label(row.state().status()));
  }
}
