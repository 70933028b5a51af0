package govcloud.node.citizen;

import govcloud.domain.catalogue.LocalText;
import govcloud.domain.objection.ObjectionState;
import govcloud.node.exchange.ExchangeRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One look at data of a citizen, in words.
 *
 * @param row what is recorded
 * @param office what the department that asked is called
 * @param provider what the department that was asked is called
 * @param fields what those that were let out are called, in the order of the row
 * @param objection what the citizen said to it
 * @param late that it was told later than at once
 */
record Access(
    ExchangeRow row,
    LocalText office,
    LocalText provider,
    List<LocalText> fields,
    Optional<ObjectionState> objection,
    Optional<Late> late) {

  /**
   * That a look was deferred.
   *
   * @param until when it appeared
   * @param legalBasis of that, in the words of the department
   */
  record Late(Instant until, String legalBasis) {}

  Access {
    fields = List.copyOf(fields);
  }

  /** Whether something of it was hidden. */
  boolean isMasked(int field) {
    return row.masked().contains(row.fields().get(field));
  }
}
