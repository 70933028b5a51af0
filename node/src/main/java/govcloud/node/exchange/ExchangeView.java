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

/** What is kept of exchanges, for those whom they are about and for supervisors: newest first. */
public final class ExchangeView implements View<ExchangeRow> {

  /** Name of the view. */
  public static final String NAME = "exchanges";

  private static final String CROSSING = "crossing/";

  private final SubjectLists subjects;

  /** The view of a cloud, whose lists of data subjects have these names. */
  public ExchangeView(SubjectLists subjects) {
    this.subjects = subjects;
  }

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

  /**
   * The list of a data subject, as recalls and corrections remember it; a final x is an X. In the
   * tables it has another name, {@link SubjectLists}.
   */
  public static String listOf(String subject) {
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

  private ExchangeRow row(ExchangeEvent.Kept kept, Instant at) {
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
        subjects.keyed(listOf(record.subject())),
        record.policyInput(),
        record.byItself());
  }

  /** The exchanges of a slice, newest first. */
  static String ofSlice(int slice) {
    return "slice=" + slice;
  }

  /** The exchanges under an agreement, newest first. */
  static String under(String consumer, String agreement) {
    return "agreement=" + consumer + "/" + agreement;
  }

  @Override
  public List<Entry> entries(ExchangeRow row, int slice) {
    var newest = SortKey.descending(row.at());
    return List.of(
        new Entry(row.subjectList(), newest),
        new Entry(ofSlice(slice), newest),
        new Entry(under(row.consumer(), row.agreement()), newest));
  }

  @Override
  public List<String> countedAs(ExchangeRow row) {
    return List.of(CROSSING + row.provider() + "/" + row.resource() + "/" + row.code());
  }

  /**
   * What was asked of which resource, and what came of it.
   *
   * @param code why it was refused; empty: it was permitted
   */
  public record Crossing(String provider, String resource, String code) {}

  /** What a number of a department counts, if it counts crossings. */
  public static Optional<Crossing> crossing(String name) {
    var parts = name.split("/", -1);
    return parts.length == 4 && name.startsWith(CROSSING)
        ? Optional.of(new Crossing(parts[1], parts[2], parts[3]))
        : Optional.empty();
  }
}
