package govcloud.replication.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Counts of what happened, in one history or in many. */
public final class Tally {
  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private long histories;
  private long virtualMillis;
  private long segments;
  private long manifests;
  private long batches;
  private long cuts;
  private long promises;

  public void count(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  public void countHistory(long millis, long ofSegments, long ofManifests, long ofBatches) {
    histories++;
    virtualMillis += millis;
    segments += ofSegments;
    manifests += ofManifests;
    batches += ofBatches;
  }

  /** Cuts that are countersigned, and callers that were told that nothing can be lost. */
  public void countProofs(long ofCuts, long ofPromises) {
    cuts += ofCuts;
    promises += ofPromises;
  }

  /** Adds what another history, or many, counted. */
  public synchronized void add(Tally other) {
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    histories += other.histories;
    virtualMillis += other.virtualMillis;
    segments += other.segments;
    manifests += other.manifests;
    batches += other.batches;
    cuts += other.cuts;
    promises += other.promises;
  }

  public long histories() {
    return histories;
  }

  public long batches() {
    return batches;
  }

  public long cuts() {
    return cuts;
  }

  public long promises() {
    return promises;
  }

  /** Kinds of faults that never happened: a run with such proves nothing about them. */
  public List<Fault> missing() {
    return Stream.of(Fault.values()).filter(fault -> !faults.containsKey(fault)).toList();
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%,d histories, %.1f hours of virtual time, %,d batches of the log in %,d segments"
                    + " and %,d manifests, all at the sibling; %,d countersigned cuts,"
                    + " %,d zero-loss answers",
                histories,
                virtualMillis / 3.6e6,
                batches,
                segments,
                manifests,
                cuts,
                promises));
    for (Fault fault : Fault.values()) {
      String name = fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      text.append(
          String.format(Locale.ROOT, "%n  %,12d  %s", faults.getOrDefault(fault, 0L), name));
    }
    return text.toString();
  }
}
