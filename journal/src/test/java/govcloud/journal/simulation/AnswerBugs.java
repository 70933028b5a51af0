package govcloud.journal.simulation;

import java.util.List;

/** Mistakes in answering from memory. */
final class AnswerBugs {

  private AnswerBugs() {}

  static final SeededBug NO_LEASE_WAIT =
      SeededBug.of(
          "noLeaseWait",
          "SliceHost",
          "timers.after(settings.leaseWait(), this::serve);",
          "serve();");

  static final SeededBug LEASE_FROM_THE_ANSWER =
      SeededBug.of(
          "leaseFromTheAnswer",
          "ReadLease",
          "until = begun + length;",
          "until = timers.nanos() + length;");

  static final SeededBug LEASE_WITHOUT_END =
      SeededBug.of(
          "leaseWithoutEnd",
          "ReadLease",
          "return held && timers.nanos() - until < 0;",
          "return held;");

  static final SeededBug CONFIRM_WITHOUT_LOOK =
      SeededBug.of(
          "confirmWithoutLook",
          "Recoveries",
          "if (host.serving() && host.lease().holds()) {",
          "if (host.serving()) {");

  static final SeededBug UNKNOWN_HEAD_IS_NONE =
      SeededBug.of(
          "unknownHeadIsNone",
          "Recoveries",
          "} else if (known != null) { succeed(known.sequence()); } else {",
          "} else if (known != null || host.running()) { succeed(known == null ? 0 :"
              + " known.sequence()); } else {");

  static final SeededBug MEMORY_NOT_COMPARED =
      SeededBug.of("memoryNotCompared", "Entity", "stopped || last > stored()", "stopped");

  static List<SeededBug> all() {
    return List.of(
        NO_LEASE_WAIT,
        LEASE_FROM_THE_ANSWER,
        LEASE_WITHOUT_END,
        CONFIRM_WITHOUT_LOOK,
        UNKNOWN_HEAD_IS_NONE,
        MEMORY_NOT_COMPARED);
  }
}
