package govcloud.replication.simulation;

import govcloud.replication.archive.EntityHead;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** A moment that is closed slice by slice while the clouds go on: what a cut of it has to say. */
final class Moment {
  private final long clock;
  private final boolean inTrouble;
  private final Map<Integer, Long> marks = new TreeMap<>();
  private final Map<String, Map<String, EntityHead>> heads = new HashMap<>();
  private boolean spoilt;

  Moment(long clock, boolean inTrouble) {
    this.clock = clock;
    this.inTrouble = inTrouble;
  }

  long clock() {
    return clock;
  }

  /** Whether it began while things went wrong. */
  boolean inTrouble() {
    return inTrouble;
  }

  /** A slice has gone on behind it before it could be closed there. */
  void spoil() {
    spoilt = true;
  }

  boolean isSpoilt() {
    return spoilt;
  }

  /** Takes where the entities of a slice end there; no entity is in two slices. */
  void add(Map<String, Map<String, EntityHead>> ends) {
    ends.forEach(
        (tenant, entities) ->
            heads.computeIfAbsent(tenant, none -> new HashMap<>()).putAll(entities));
  }

  /** The mark of a slice is in its log. */
  void closed(int slice, long mark) {
    marks.put(slice, mark);
  }

  boolean isClosed() {
    return !spoilt && marks.size() == World.SLICES;
  }

  /** Offset of the mark of each slice. */
  Map<Integer, Long> marks() {
    return marks;
  }

  /** For each tenant, where its entities end. */
  Map<String, Map<String, EntityHead>> heads() {
    return heads;
  }
}
