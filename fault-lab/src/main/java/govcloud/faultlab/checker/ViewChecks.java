package govcloud.faultlab.checker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import govcloud.faultlab.checker.Violation.Invariant;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Lists and numbers beside what the log adds up to, worked out anew from every record. */
final class ViewChecks {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Milliseconds are in the upper bits of a record's clock. */
  private static final int COUNTER_BITS = 16;

  /** Commits of all kinds have their changes in this field. */
  private static final int CHANGES = 2;

  private record Numbers(int slice, String tenant) {}

  private record Hour(String tenant, String day, int hour, int slice) {}

  private final Evidence evidence;

  ViewChecks(Evidence evidence) {
    this.evidence = evidence;
  }

  void run() {
    Map<String, Integer> lines = lines(expected(evidence));
    lines(evidence.stored().tables())
        .forEach((line, there) -> lines.merge(line, -there, Integer::sum));
    lines.forEach(
        (line, missing) -> {
          if (missing > 0) {
            evidence.found(Invariant.I1_NO_LOSS, line + ": missing in the views");
          } else if (missing < 0) {
            evidence.found(Invariant.I3_NO_DUPLICATE, line + ": in the views, not in the log");
          }
        });
  }

  /** One line for each row, so that two tables can be compared whatever order they are in. */
  private static Map<String, Integer> lines(ViewTables tables) {
    Map<String, Integer> lines = new TreeMap<>();
    tables.lists().forEach(row -> lines.merge(row.toString(), 1, Integer::sum));
    tables.usage().forEach(row -> lines.merge(row.toString(), 1, Integer::sum));
    for (CountsRow row : tables.counts()) {
      lines.merge(
          new CountsRow(row.table(), row.slice(), row.scope(), sorted(row.counts())).toString(),
          1,
          Integer::sum);
    }
    return lines;
  }

  private static String sorted(String counts) {
    try {
      return JSON.readValue(counts, new TypeReference<TreeMap<String, Long>>() {}).toString();
    } catch (JsonProcessingException e) {
      return "unreadable: " + counts;
    }
  }

  /** The tables as they must be. Records that cannot be read are told where they are read. */
  static ViewTables expected(Evidence evidence) {
    List<ListEntry> lists = new ArrayList<>();
    Map<Numbers, Map<String, Long>> counts = new LinkedHashMap<>();
    Map<Hour, long[]> usage = new LinkedHashMap<>();
    evidence
        .entities()
        .forEach(
            (id, records) -> {
              try {
                if (records.get(0).ofCase()) {
                  take(CaseModel.of(id, records), records.get(0).slice(), lists, counts);
                }
                for (StoredRecord record : records) {
                  use(record, usage);
                }
              } catch (InvalidProtocolBufferException e) {
                evidence.found(Invariant.I4_ORDER, id + ": unreadable: " + e.getMessage());
              }
            });
    return new ViewTables(lists, rows(counts), rowsOf(usage));
  }

  private static void take(
      CaseModel model, int slice, List<ListEntry> lists, Map<Numbers, Map<String, Long>> counts) {
    if (model.exists()) {
      lists.addAll(model.lists());
      var numbers =
          counts.computeIfAbsent(new Numbers(slice, model.tenant()), some -> new TreeMap<>());
      model.countedAs().forEach(name -> numbers.merge(name, 1L, Long::sum));
    }
  }

  private static void use(StoredRecord record, Map<Hour, long[]> usage)
      throws InvalidProtocolBufferException {
    String tenant = record.record().getTenant();
    if (tenant.isEmpty()) {
      return;
    }
    ZonedDateTime at =
        Instant.ofEpochMilli(record.record().getHybridClock() >>> COUNTER_BITS)
            .atZone(ZoneOffset.UTC);
    Hour hour = new Hour(tenant, at.toLocalDate().toString(), at.getHour(), record.slice());
    long[] used = usage.computeIfAbsent(hour, some -> new long[2]);
    UnknownFieldSet commit = UnknownFieldSet.parseFrom(record.record().getPayload());
    used[0] += commit.getField(CHANGES).getLengthDelimitedList().size();
    used[1] += record.record().getSerializedSize();
  }

  /** The numbers lie in two tables. */
  private static List<CountsRow> rows(Map<Numbers, Map<String, Long>> counts) {
    List<CountsRow> rows = new ArrayList<>();
    counts.forEach(
        (place, numbers) -> {
          try {
            String text = JSON.writeValueAsString(numbers);
            rows.add(new CountsRow("view_counts", place.slice(), place.tenant(), text));
            rows.add(new CountsRow("case_rows", place.slice(), place.tenant(), text));
          } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
          }
        });
    return rows;
  }

  private static List<UsageRow> rowsOf(Map<Hour, long[]> usage) {
    List<UsageRow> rows = new ArrayList<>();
    usage.forEach(
        (at, used) ->
            rows.add(new UsageRow(at.tenant(), at.day(), at.hour(), at.slice(), used[0], used[1])));
    return rows;
  }
}
