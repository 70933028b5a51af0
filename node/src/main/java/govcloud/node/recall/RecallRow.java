package govcloud.node.recall;

import govcloud.domain.recall.RecallState;
import govcloud.domain.recall.RecallState.Matter;
import govcloud.node.exchange.RecallNotices;

/**
 * A recall in a list.
 *
 * @param provider the department that corrected the record; of one that came from another cloud the
 *     department here that received it
 * @param recall its id in that department; of one that came from another cloud with the department
 *     there behind it, such as {@code points-1@police@harbour}
 * @param version of the entity that the row reflects
 */
public record RecallRow(String provider, String recall, RecallState state, long version) {

  /** Whether it came from another cloud. */
  boolean isFromElsewhere() {
    return recall.indexOf('@') >= 0;
  }

  /** The department that corrected the record; one of another cloud with that cloud's name. */
  public String issuer() {
    return state.matter().map(Matter::provider).orElse(provider);
  }

  /** Its id in that department. */
  public String name() {
    return RecallNotices.name(recall);
  }
}
