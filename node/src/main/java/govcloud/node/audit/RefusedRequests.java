package govcloud.node.audit;

import govcloud.domain.audit.AuditRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Requests that were turned down before anything was asked of anybody: not understood, too many,
 * for another host. They are written down as sums, one for each address and reason in a while, so
 * that whoever sends millions of them fills no trail.
 */
final class RefusedRequests {

  /** How the trail names it beside operations. */
  static final String ACTION = "request-refused";

  /** Addresses and reasons told apart in a while; others are told together. */
  static final int MOST = 500;

  private final Duration every;
  private final AuditWriter.Later later;
  private final Consumer<AuditRecord> writer;
  private Map<Kind, Sum> sums = new LinkedHashMap<>();

  private record Kind(String source, String code) {}

  private static final class Sum {
    private final AuditRecord first;
    private long count;

    Sum(AuditRecord first) {
      this.first = first;
    }
  }

  /**
   * Nothing refused yet.
   *
   * @param every how long sums are added up
   * @param writer takes them
   */
  RefusedRequests(Duration every, AuditWriter.Later later, Consumer<AuditRecord> writer) {
    this.every = every;
    this.later = later;
    this.writer = writer;
  }

  /** One more. */
  synchronized void add(AuditRecord record) {
    var began = sums.isEmpty();
    var kind = new Kind(record.source(), record.code());
    var sum = sums.get(kind);
    if (sum == null) {
      var others = sums.size() >= MOST;
      var first = others ? others(record) : record;
      sum = sums.computeIfAbsent(others ? new Kind("", "") : kind, key -> new Sum(first));
    }
    sum.count++;
    if (began) {
      later.run(every, this::flush);
    }
  }

  private static AuditRecord others(AuditRecord record) {
    return new AuditRecord(
        record.at(),
        "",
        "",
        "",
        record.action(),
        "",
        "",
        record.outcome(),
        "OTHERS",
        "",
        "",
        record.count());
  }

  /** Hands over what there is. */
  void flush() {
    List<Sum> all;
    synchronized (this) {
      all = new ArrayList<>(sums.values());
      sums = new LinkedHashMap<>();
    }
    all.forEach(sum -> writer.accept(sum.first.times(sum.count)));
  }
}
