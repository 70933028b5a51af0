package govcloud.node.identity;

import java.time.Duration;

/**
 * Which standard passwords keep. OWASP ASVS 5 (6.2) wants length and lists and forbids rules of
 * composition and change by the calendar; GB/T 22239, level 3 (8.1.4.1 a) asks for these two and
 * names no numbers: those here are what assessors usually expect.
 */
public enum PasswordProfile {
  /** Length, and no list has it. */
  ASVS("asvs", 1, Duration.ZERO, 0),
  /** The same, three of four kinds of characters, 90 days, and none of the last five. */
  MLPS3("mlps3", 3, Duration.ofDays(90), 5);

  /** Of both; second factors are always there, and a password guards only what they do not. */
  static final int SHORTEST = 12;

  private final String label;
  private final int kinds;
  private final Duration age;
  private final int history;

  PasswordProfile(String label, int kinds, Duration age, int history) {
    this.label = label;
    this.kinds = kinds;
    this.age = age;
    this.history = history;
  }

  /** Reads its name; fails with what is expected. */
  static PasswordProfile read(String label) {
    for (var profile : values()) {
      if (profile.label.equals(label)) {
        return profile;
      }
    }
    throw new IllegalArgumentException(label);
  }

  /** So many of: capital letters, other letters, digits, everything else. */
  int kinds() {
    return kinds;
  }

  /** How old a password gets; zero: as old as it likes. */
  Duration age() {
    return age;
  }

  /** So many passwords, the present one among them, are not chosen again. */
  int history() {
    return history;
  }
}
