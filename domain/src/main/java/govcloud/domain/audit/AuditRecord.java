package govcloud.domain.audit;

import java.time.Instant;

/**
 * One thing that somebody did, or was not let do. No text of it holds a control character, so that
 * nobody can write a line of his own into a log.
 *
 * @param at when it was decided
 * @param person who asked; empty: nobody knows
 * @param role the duty in which that one asked; empty: nobody knows
 * @param account through which it was asked on the person's behalf; or empty
 * @param action what was asked for: an operation of the contract, or an alarm
 * @param tenant the department that it is about; or empty
 * @param object what it was asked of, as its path has it
 * @param outcome what became of it
 * @param code why, as callers are told; empty where there is nothing to explain
 * @param source address from which it came; or empty
 * @param requestId the trace id, 32 hexadecimal digits; or empty
 * @param count so many equal ones came at the same time; at least 1
 */
public record AuditRecord(
    Instant at,
    String person,
    String role,
    String account,
    String action,
    String tenant,
    String object,
    Outcome outcome,
    String code,
    String source,
    String requestId,
    long count) {

  /** No text is longer; what is beyond is cut off. */
  public static final int LONGEST_TEXT = 256;

  /** What became of a request. */
  public enum Outcome {
    /** It was let through. */
    ALLOWED,
    /** The one who asked may not, or is not known. */
    DENIED,
    /** It was let through, and then not done. */
    FAILED,
    /** Somebody has to look: a detector says so. */
    ALARM
  }

  public AuditRecord {
    person = clean(person);
    role = clean(role);
    account = clean(account);
    action = clean(action);
    tenant = clean(tenant);
    object = clean(object);
    code = clean(code);
    source = clean(source);
    requestId = clean(requestId);
    count = Math.max(1, count);
  }

  /** The same, as the sum of so many. */
  public AuditRecord times(long number) {
    return new AuditRecord(
        at, person, role, account, action, tenant, object, outcome, code, source, requestId,
        number);
  }

  /** Text in which what is not printed is spelled out, cut where it gets too long. */
  static String clean(String text) {
    var end = text.length();
    var plain = end <= LONGEST_TEXT;
    for (int i = 0; plain && i < end; i++) {
      plain = text.charAt(i) >= ' ' && text.charAt(i) < 0x7f;
    }
    return plain ? text : spelledOut(text);
  }

  private static String spelledOut(String text) {
    var clean = new StringBuilder();
    for (int i = 0; i < text.length() && clean.length() < LONGEST_TEXT; ) {
      int point = text.codePointAt(i);
      var piece = isPrinted(point) ? Character.toString(point) : "\\u{%x}".formatted(point);
      if (clean.length() + piece.length() > LONGEST_TEXT) {
        break;
      }
      clean.append(piece);
      i += Character.charCount(point);
    }
    return clean.toString();
  }

  /** Line and paragraph separators, turns of direction and lone halves are not printed either. */
  private static boolean isPrinted(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
