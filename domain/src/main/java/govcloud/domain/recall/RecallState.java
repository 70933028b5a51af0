package govcloud.domain.recall;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A recall as it is now.
 *
 * @param matter what was wrong; none before it is issued
 * @param issuedAt when it was issued
 * @param due until when everybody has to acknowledge; none: no limit
 * @param escalated whether that limit passed before all had
 * @param searched whether it was looked who received the wrong values
 * @param receivers the cases that did, in the order in which they were found
 */
public record RecallState(
    Optional<Matter> matter,
    Optional<Instant> issuedAt,
    Optional<Instant> due,
    boolean escalated,
    boolean searched,
    List<Told> receivers) {

  /** Where a recall is in its life. */
  public enum Status {
    NONE,
    /** Somebody has not acknowledged, or it was not looked yet who received the wrong values. */
    OPEN,
    DONE
  }

  /**
   * What was wrong, without whose data they are.
   *
   * @param provider the department that corrected the record
   * @param resource id of the data resource
   * @param nameZh what the resource is called in Chinese
   * @param nameEn and in English
   * @param subject names the data subject as lists of exchanges do, which does not tell the number
   * @param fields whose values were wrong
   * @param since from when on they were
   * @param reason what was wrong, for those who received it
   */
  public record Matter(
      String provider,
      String resource,
      String nameZh,
      String nameEn,
      String subject,
      List<String> fields,
      Instant since,
      String reason) {
    public Matter {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A case because of which the wrong values were given out.
   *
   * @param consumer the department that asked
   * @param caseId app and id of the case, with a slash between them
   * @param person the clerk who asked last
   * @param exchange the newest one that gave them out
   * @param index of its entry in the ledger
   */
  public record Receiver(
      String consumer, String caseId, String person, String exchange, long index) {

    boolean is(String department, String theCase) {
      return consumer.equals(department) && caseId.equals(theCase);
    }
  }

  /**
   * A receiver that was told.
   *
   * @param acknowledged what its department has done about it
   */
  public record Told(Receiver receiver, Optional<Acknowledgement> acknowledged) {}

  /** What a person of the department said. */
  public record Acknowledgement(String person, String note, Instant at) {}

  /** Nothing was recalled. */
  public static final RecallState NONE =
      new RecallState(
          Optional.empty(), Optional.empty(), Optional.empty(), false, false, List.of());

  public RecallState {
    // rows of versions before have none
    due = due == null ? Optional.empty() : due;
    receivers = List.copyOf(receivers);
  }

  /** Where it is in its life. */
  public Status status() {
    if (matter.isEmpty()) {
      return Status.NONE;
    }
    return searched && waiting() == 0 ? Status.DONE : Status.OPEN;
  }

  /** The same recall with these of its cases alone: it is late if one of them is or was. */
  public RecallState with(List<Told> some) {
    var late = escalated && some.stream().anyMatch(this::isLate);
    return new RecallState(matter, issuedAt, due, late, searched, some);
  }

  private boolean isLate(Told told) {
    return told.acknowledged()
        .filter(said -> due.isPresent() && !said.at().isAfter(due.get()))
        .isEmpty();
  }

  /** How many cases have not been acknowledged. */
  public long waiting() {
    return receivers.stream().filter(one -> one.acknowledged().isEmpty()).count();
  }

  /** What is known of a case that received the wrong values. */
  public Optional<Told> told(String consumer, String caseId) {
    return receivers.stream().filter(one -> one.receiver().is(consumer, caseId)).findFirst();
  }

  /** The recall after {@code event}; accepts every event in every state. */
  public RecallState after(RecallEvent event) {
    if (event instanceof RecallEvent.Issued e) {
      return new RecallState(
          Optional.of(e.matter()), Optional.of(e.at()), e.due(), escalated, searched, receivers);
    } else if (event instanceof RecallEvent.Escalated) {
      return new RecallState(matter, issuedAt, due, true, searched, receivers);
    } else if (event instanceof RecallEvent.Told e) {
      var all = new ArrayList<>(receivers);
      e.receivers().forEach(one -> all.add(new Told(one, Optional.empty())));
      return new RecallState(matter, issuedAt, due, escalated, true, all);
    } else if (event instanceof RecallEvent.Acknowledged e) {
      var said = Optional.of(new Acknowledgement(e.person(), e.note(), e.at()));
      return new RecallState(
          matter,
          issuedAt,
          due,
          escalated,
          searched,
          receivers.stream()
              .map(
                  one ->
                      one.receiver().is(e.consumer(), e.caseId())
                          ? new Told(one.receiver(), said)
                          : one)
              .toList());
    }
    throw new IllegalStateException("no rule for " + event.getClass().getName());
  }
}
