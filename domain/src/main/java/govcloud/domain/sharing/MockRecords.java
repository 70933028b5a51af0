package govcloud.domain.sharing;

import govcloud.domain.tenant.SocialCreditCode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Made-up records of a resource, so that a consumer can begin before there is any data. Citizens
 * and organisations are of the division 999999, which nobody has, and their check characters are
 * right. The same seed gives the same records anywhere.
 */
public final class MockRecords {

  private static final String NOWHERE = "999999";
  private static final LocalDate FIRST_DAY = LocalDate.of(1950, 1, 1);
  private static final int DAYS = 27_000; // until 2023
  private static final Instant FIRST_MOMENT = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SECONDS = 15_000_000;

  private final DataResource resource;
  private long state;

  private MockRecords(DataResource resource, long seed) {
    this.resource = resource;
    this.state = seed;
  }

  /** Some records, each a map of item to value in the order of the items. */
  public static List<Map<String, Object>> of(DataResource resource, long seed, int count) {
    var source = new MockRecords(resource, seed);
    var records = new ArrayList<Map<String, Object>>(count);
    for (var i = 0; i < count; i++) {
      records.add(source.next());
    }
    return records;
  }

  private Map<String, Object> next() {
    var record = new LinkedHashMap<String, Object>();
    resource.items().forEach(item -> record.put(item.name(), value(item)));
    return record;
  }

  private Object value(Item item) {
    return switch (item.type()) {
      case TEXT -> text(item);
      case INTEGER -> below(1_000);
      case DECIMAL -> below(10_000) + "." + format("%02d", below(100));
      case BOOLEAN -> below(2) == 1;
      case DATE -> FIRST_DAY.plusDays(below(DAYS)).toString();
      case TIMESTAMP -> FIRST_MOMENT.plusSeconds(below(SECONDS)).toString();
      case CITIZEN_NUMBER -> citizen();
      case CREDIT_CODE -> organisation();
    };
  }

  /** Its end tells records apart, so that it is what stays where there is little room. */
  private String text(Item item) {
    var whole = (item.title().zh() + "-" + below(1_000)).codePoints().toArray();
    var from = item.length() == 0 ? 0 : Math.max(0, whole.length - item.length());
    return new String(whole, from, whole.length - from);
  }

  private String citizen() {
    var birthday = FIRST_DAY.plusDays(below(DAYS)).toString().replace("-", "");
    var body = NOWHERE + birthday + format("%03d", below(1_000));
    return body + CitizenNumber.checkCharacter(body);
  }

  private String organisation() {
    var body = "93" + NOWHERE + format("%09d", below(1_000_000_000));
    return body + SocialCreditCode.checkCharacter(body);
  }

  private static String format(String pattern, int number) {
    return String.format(Locale.ROOT, pattern, number);
  }

  /** SplitMix64 (Steele and others, 2014): small, and the same on every machine. */
  private int below(int bound) {
    state += 0x9E3779B97F4A7C15L;
    var mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
  }
}
