package govcloud.node.audit;

import govcloud.node.http.BorderCode;
import govcloud.node.http.Problem;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * Where a record is in the trail.
 *
 * @param hour since 1970
 * @param stream of that hour, counted from 0
 * @param sequence the version of the stream that brought it
 * @param index within that version, counted from 0
 */
record AuditPlace(long hour, int stream, long sequence, int index) {

  private static final Pattern FORM =
      Pattern.compile("([0-9]{1,7})\\.([0-3])\\.([1-9][0-9]{0,17})\\.([0-9]{1,4})");
  private static final long SECONDS = 3_600;

  /** The first place of the hour of {@code at}. */
  static AuditPlace of(Instant at) {
    return new AuditPlace(Math.floorDiv(at.getEpochSecond(), SECONDS), 0, 1, 0);
  }

  /** Reads the token of a page. */
  static AuditPlace read(String token) {
    var form = FORM.matcher(token);
    if (!form.matches()) {
      throw Problem.of(
              BorderCode.PAGE_TOKEN_INVALID,
              "page_token: not one of ours (expected: the next_page_token of the same search)")
          .asException();
    }
    return new AuditPlace(
        Long.parseLong(form.group(1)),
        Integer.parseInt(form.group(2)),
        Long.parseLong(form.group(3)),
        Integer.parseInt(form.group(4)));
  }

  /** When its hour begins. */
  Instant begin() {
    return Instant.ofEpochSecond(hour * SECONDS);
  }

  AuditPlace at(int newStream, long newSequence, int newIndex) {
    return new AuditPlace(hour, newStream, newSequence, newIndex);
  }

  AuditPlace nextHour() {
    return new AuditPlace(hour + 1, 0, 1, 0);
  }

  boolean isBefore(AuditPlace other) {
    return sequence < other.sequence || (sequence == other.sequence && index < other.index);
  }

  @Override
  public String toString() {
    return hour + "." + stream + "." + sequence + "." + index;
  }
}
