package govcloud.node.exchange;

import govcloud.domain.Commit;
import govcloud.domain.exchange.ExchangeEvent;
import govcloud.exchange.JsonBytes;
import govcloud.node.projection.EntityIds;
import govcloud.node.projection.SortKey;
import govcloud.node.projection.View;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is kept of exchanges for those whom they are about: by data subject, newest first. */
public final class ExchangeView implements View<ExchangeRow> {

  /** Name of the view. */
  public static final String NAME = "exchanges";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String type() {
    return "exchange";
  }

  @Override
  public Class<ExchangeRow> rowType() {
    return ExchangeRow.class;
  }

  @Override
  public String scope(String entityId) {
    return EntityIds.part(entityId, 1);
  }

  /** The list of a data subject, which does not tell the number; a final x is an X. */
  static String listOf(String subject) {
    return "subject=" + JsonBytes.sha256("exchange subject\n" + subject.toUpperCase(Locale.ROOT));
  }

  @Override
  public ExchangeRow after(
      Optional<ExchangeRow> before, String entityId, long version, Commit<?> commit) {
    ExchangeRow row = before.orElse(null);
    for (Object event : commit.events()) {
      if (event instanceof ExchangeEvent.Kept kept) {
        row = row(kept, kept.at());
      }
    }
    return row;
  }

  private static ExchangeRow row(ExchangeEvent.Kept kept, Instant at) {
    var record = kept.record();
    return new ExchangeRow(
        record.id(),
        at,
        record.consumer(),
        record.provider(),
        record.agreement(),
        record.resource(),
        record.nameZh(),
        record.nameEn(),
        record.caseId(),
        record.person(),
        record.role(),
        record.fields(),
        record.masked(),
        record.purpose(),
        record.legalBasis(),
        record.code(),
        record.log(),
        record.index(),
        listOf(record.subject()));
  }

  @Override
  public List<Entry> entries(ExchangeRow row, int slice) {
    return List.of(new Entry(row.subjectList(), SortKey.descending(row.at())));
  }

  @Override
  public List<String> countedAs(ExchangeRow row) {
    return List.of(row.code().isEmpty() ? "permitted" : "refused");
  }
}
