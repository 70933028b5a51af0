package govcloud.node.exchange;

import govcloud.exchange.gate.Explanation;
import govcloud.exchange.gate.Notice;
import govcloud.node.http.Fields;
import java.util.Locale;
import java.util.Map;

/** What came of queries, as JSON. */
final class ExchangeShape {

  private ExchangeShape() {}

  /** What was let out. */
  static Map<String, Object> answer(Outcome outcome) {
    var record = outcome.record();
    return new Fields()
        .with("agreement", record.agreement())
        .with("resource", record.resource())
        .with("purpose", record.purpose())
        .with("legal_basis", record.legalBasis())
        .with("records", outcome.records())
        .with("masked", record.masked())
        .with("explanation", explanation(outcome.explanation()))
        .with("evidence", evidence(outcome))
        .with("replayed", outcome.replayed())
        .with("notice", notice(outcome.notice()))
        .maybe("data_as_of", outcome.asOf())
        .map();
  }

  /** Why nothing was. */
  static Map<String, Object> refusal(Outcome outcome) {
    var refusal = outcome.refusal().orElseThrow();
    return new Fields()
        .with("code", refusal.code())
        .with("detail", refusal.message())
        .with("explanation", explanation(outcome.explanation()))
        .with("evidence", evidence(outcome))
        .map();
  }

  static Map<String, Object> notice(Notice notice) {
    return new Fields()
        .with("retention_days", notice.retentionDays())
        .with("onward", notice.onward().name().toLowerCase(Locale.ROOT))
        .with("zh", notice.zh())
        .with("en", notice.en())
        .map();
  }

  static Map<String, Object> explanation(Explanation explanation) {
    return new Fields().with("zh", explanation.zh()).with("en", explanation.en()).map();
  }

  static Map<String, Object> evidence(Outcome outcome) {
    return new Fields()
        .with("exchange", outcome.record().id())
        .with("log", outcome.record().log())
        .with("index", outcome.record().index())
        .map();
  }
}
