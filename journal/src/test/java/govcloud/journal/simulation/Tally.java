package govcloud.journal.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts of what happened, in one history or in many. */
public final class Tally {

  private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  private long histories;
  private long virtualMillis;
  private long acknowledged;
  private long rows;
  private long recoveries;
  private long scans;
  private long readByReaders;

  void count(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  void countAcknowledged(int records) {
    acknowledged += records;
  }

  void countRecovery() {
    recoveries++;
  }

  void countScan() {
    scans++;
  }

  void countRead() {
    readByReaders++;
  }

  void countHistory(long millis, long logRows) {
    histories++;
    virtualMillis += millis;
    rows += logRows;
  }

  /** Adds what another history, or many, counted. */
  synchronized void add(Tally other) {
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
    histories += other.histories;
    virtualMillis += other.virtualMillis;
    acknowledged += other.acknowledged;
    rows += other.rows;
    recoveries += other.recoveries;
    scans += other.scans;
    readByReaders += other.readByReaders;
  }

  long of(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  long histories() {
    return histories;
  }

  long acknowledged() {
    return acknowledged;
  }

  /** Kinds of faults that never happened: a run with such proves nothing about them. */
  List<Fault> missing() {
    return Stream.of(Fault.values()).filter(fault -> of(fault) == 0).toList();
  }

  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            String.format(
                "%,d histories, %.1f hours of virtual time, %,d records acknowledged, %,d log rows,"
                    + " %,d recoveries, %,d scans, %,d records read by readers",
                histories,
                virtualMillis / 3.6e6,
                acknowledged,
                rows,
                recoveries,
                scans,
                readByReaders));
    for (Fault fault : Fault.values()) {
      String name = fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
      text.append(String.format("%n  %,12d  %s", of(fault), name));
    }
    return text.toString();
  }
}
