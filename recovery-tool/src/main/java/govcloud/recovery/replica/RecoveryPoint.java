package govcloud.recovery.replica;

import govcloud.journal.HybridClock;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.protobuf.replica.v1.NamedValue;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.Cut;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Up to where a cloud, or one department of it, is rebuilt.
 *
 * @param name for people and for the checkpoint: {@code latest}, {@code cut-12} or {@code latest of
 *     housing}
 * @param lastSegments for each slice with any, the number of its last segment
 * @param cut the last cut at or before the point: what is proved against it; empty where none was
 *     ever made
 * @param copied the one department of which a copy is made; empty: the whole cloud
 */
public record RecoveryPoint(
    String name,
    SortedMap<Integer, Long> lastSegments,
    Optional<Cut> cut,
    Optional<Copied> copied) {

  /**
   * One department up to a moment.
   *
   * @param tenant which
   * @param lastClock records with a higher hybrid clock came later
   */
  public record Copied(String tenant, long lastClock) {
    private static final long ALL = Long.MAX_VALUE;
  }

  /** Keeps a copy. */
  public RecoveryPoint {
    lastSegments = new TreeMap<>(lastSegments);
  }

  /**
   * Everything that the sibling has.
   *
   * @param segments the names of all segments, ascending
   * @param cut the last one
   */
  static RecoveryPoint latest(List<ArchiveName> segments, Optional<Cut> cut) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    segments.forEach(name -> last.merge(name.slice(), name.number(), Math::max));
    return new RecoveryPoint("latest", last, cut, Optional.empty());
  }

  /**
   * The same for some slices alone. A cut is of the whole cloud, so there is none to compare with.
   */
  public RecoveryPoint only(SortedSet<Integer> slices) {
    SortedMap<Integer, Long> some = new TreeMap<>(lastSegments);
    some.keySet().retainAll(slices);
    String names = slices.stream().map(String::valueOf).collect(Collectors.joining("-"));
    return new RecoveryPoint(name + "-slices-" + names, some, Optional.empty(), copied);
  }

  /**
   * The same up to what was restored: a keyspace that nodes serve stays what it was, while the
   * sibling receives more.
   */
  public RecoveryPoint upTo(SortedMap<Integer, Long> restored) {
    return new RecoveryPoint(name, restored, cut, copied);
  }

  /** Exactly a cut: the whole cloud at one moment. */
  public static RecoveryPoint of(Cut cut) {
    SortedMap<Integer, Long> last = new TreeMap<>();
    for (CutSlice slice : cut.statement().getSliceList()) {
      last.put(slice.getSlice(), slice.getSegment());
    }
    return new RecoveryPoint(
        "cut-" + cut.statement().getNumber(), last, Optional.of(cut), Optional.empty());
  }

  /** Of one department everything up to this point. */
  public RecoveryPoint of(String tenant) {
    return new RecoveryPoint(
        name + " of " + tenant, lastSegments, cut, Optional.of(new Copied(tenant, Copied.ALL)));
  }

  /**
   * Of one department everything up to a moment, which need not be that of a cut.
   *
   * @param before the last cut at or before the moment: what is compared with
   */
  RecoveryPoint of(String tenant, Instant moment, Optional<Cut> before) {
    return new RecoveryPoint(
        "as of " + moment + " of " + tenant,
        lastSegments,
        before,
        Optional.of(new Copied(tenant, HybridClock.lastOf(moment))));
  }

  /** A setting that the lost cloud had; empty where no cut says so. */
  public Optional<String> setting(String name) {
    return cut.stream()
        .flatMap(made -> made.statement().getSettingList().stream())
        .filter(setting -> setting.getName().equals(name))
        .map(NamedValue::getValue)
        .findFirst();
  }
}
