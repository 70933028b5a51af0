package govcloud.node.projection.parking;

import java.time.Instant;

/**
 * An entity's records that a view has set aside, from the one that it cannot take in.
 *
 * @param view the view or other projection
 * @param slice the slice of the entity
 * @param entity id of the entity
 * @param sequence sequence of the record that failed
 * @param position its place in the slice
 * @param lastSequence sequence of the last record that waits; at least {@code sequence}
 * @param reason what the record failed with
 * @param since when it was set aside
 */
public record ParkedStream(
    String view,
    int slice,
    String entity,
    long sequence,
    long position,
    long lastSequence,
    String reason,
    Instant since) {

  /** How many records wait, with the one that failed. */
  public long waiting() {
    return lastSequence - sequence + 1;
  }

  /** The same with one more record waiting. */
  ParkedStream upTo(long last) {
    return new ParkedStream(
        view, slice, entity, sequence, position, Math.max(lastSequence, last), reason, since);
  }

  /** The same after it has failed again. */
  ParkedStream because(String why) {
    return new ParkedStream(view, slice, entity, sequence, position, lastSequence, why, since);
  }
}
