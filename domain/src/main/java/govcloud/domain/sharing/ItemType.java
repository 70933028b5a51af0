package govcloud.domain.sharing;

/** What values an information item has; each is a JSON string unless it says otherwise. */
public enum ItemType {
  TEXT,
  /** A JSON whole number. */
  INTEGER,
  /** A decimal number, such as {@code 12.50}; a string, so that nothing is rounded. */
  DECIMAL,
  /** A JSON truth value. */
  BOOLEAN,
  /** A day, such as {@code 2026-03-02}. */
  DATE,
  /** A moment, such as {@code 2026-03-02T01:15:27Z}. */
  TIMESTAMP,
  /** The number of a citizen (GB 11643). */
  CITIZEN_NUMBER,
  /** The unified social credit code of an organisation (GB 32100). */
  CREDIT_CODE;

  /** Whether it is a point in time, of which the year alone makes sense. */
  boolean hasYear() {
    return this == DATE || this == TIMESTAMP;
  }

  /** Whether first and last characters mean something. */
  boolean hasEnds() {
    return this == TEXT || this == CITIZEN_NUMBER || this == CREDIT_CODE;
  }
}
