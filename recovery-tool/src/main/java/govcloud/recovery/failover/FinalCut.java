package govcloud.recovery.failover;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import govcloud.protobuf.replica.v1.CutSlice;
import govcloud.recovery.RecoveryException;
import govcloud.recovery.RecoveryException.Code;
import govcloud.recovery.replica.RecoveryPoint;
import govcloud.replication.archive.ArchiveName;
import govcloud.replication.archive.ArchiveStore;
import govcloud.replication.archive.ArchiveStoreException;
import govcloud.replication.archive.Countersignature;
import govcloud.replication.archive.Cut;
import govcloud.replication.archive.ReplicaTrust;
import govcloud.replication.archive.Segment;
import govcloud.replication.statement.DamagedReplicaException;
import govcloud.replication.statement.ReplicaHash;
import govcloud.replication.statement.SignedStatement;
import govcloud.replication.statement.TrustedKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The cut that a drained site made last, when the replica has everything that the site accepted:
 * what makes a move one that loses nothing.
 */
public final class FinalCut {
  private static final int OFFICERS = 2;

  private final Cut cut;

  private FinalCut(Cut cut) {
    this.cut = cut;
  }

  /**
   * Finds it. The site that counts signed it when it accepted nothing any more, the sibling found
   * the same in its own copy, and no record lies behind it.
   *
   * @param point everything that the sibling has
   * @throws RecoveryException with {@code SWITCH_OVER_NOT_DRAINED}, {@code
   *     SWITCH_OVER_NOT_COUNTERSIGNED} or {@code SWITCH_OVER_BEHIND}
   */
  public static FinalCut of(ArchiveStore store, ReplicaTrust trust, RecoveryPoint point)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    Cut cut =
        point
            .cut()
            .orElseThrow(
                () ->
                    new RecoveryException(
                        Code.SWITCH_OVER_NOT_DRAINED,
                        "cut: none (expected: the final one of a drained site)"));
    requireDrained(cut, trust);
    requireCountersigned(cut, store, trust);
    requireNothingBehind(cut, store, trust, point);
    return new FinalCut(cut);
  }

  private static void requireDrained(Cut cut, ReplicaTrust trust) throws RecoveryException {
    int last =
        trust.keys().all().stream()
            .filter(key -> key.cloud().equals(trust.origin()))
            .mapToInt(TrustedKey::siteEpoch)
            .max()
            .orElseThrow();
    ByteString signer = SignedStatement.keyId(cut.file());
    int epoch = trust.keys().find(signer).map(TrustedKey::siteEpoch).orElse(0);
    if (!cut.statement().getDrained() || epoch != last) {
      throw new RecoveryException(
          Code.SWITCH_OVER_NOT_DRAINED,
          words(cut)
              + ", of site epoch "
              + epoch
              + ", "
              + (cut.statement().getDrained() ? "drained" : "still accepting")
              + " (expected: the final one of site epoch "
              + last
              + "; `govcloud keys drain` there, and wait for `drained`)");
    }
  }

  private static void requireCountersigned(Cut cut, ArchiveStore store, ReplicaTrust trust)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    ArchiveName name = ArchiveName.countersignature(cut.statement().getNumber());
    byte[] file =
        store
            .read(name)
            .orElseThrow(
                () ->
                    new RecoveryException(
                        Code.SWITCH_OVER_NOT_COUNTERSIGNED,
                        words(cut)
                            + ": not countersigned (expected: by the sibling, soon after it)"));
    Countersignature.verify(name, file, trust).requireFor(cut);
  }

  private static void requireNothingBehind(
      Cut cut, ArchiveStore store, ReplicaTrust trust, RecoveryPoint point)
      throws RecoveryException, ArchiveStoreException, DamagedReplicaException {
    Map<Integer, Long> ends = new HashMap<>();
    for (CutSlice slice : cut.statement().getSliceList()) {
      ends.put(slice.getSlice(), slice.getSegment());
    }
    for (Map.Entry<Integer, Long> last : point.lastSegments().entrySet()) {
      long number = ends.getOrDefault(last.getKey(), 0L) + 1;
      for (; number <= last.getValue(); number++) {
        ArchiveName name = ArchiveName.segment(last.getKey(), number);
        byte[] file =
            store
                .read(name)
                .orElseThrow(
                    () ->
                        new RecoveryException(
                            Code.RECOVERY_ARCHIVE_DAMAGED,
                            name.text() + ": missing (expected: there)"));
        long records = Segment.verify(name, file, trust).statement().getRecords();
        if (records > 0) {
          throw new RecoveryException(
              Code.SWITCH_OVER_BEHIND,
              "%s: %d records behind final %s (expected: none; the site was released, drain it anew)"
                  .formatted(name.text(), records, words(cut)));
        }
      }
    }
  }

  /**
   * Checks that a signed report proves exactly this: every record of it is in the new keyspace, and
   * two officers approved.
   *
   * @param report {@code report.json}, its signature checked
   * @return how many records were proved
   * @throws RecoveryException with {@code SWITCH_OVER_NOT_PROVED} or {@code
   *     SWITCH_OVER_NOT_APPROVED}
   */
  public long requireProved(JsonNode report) throws RecoveryException {
    JsonNode proof = report.path("proof");
    long behind = 0;
    for (JsonNode tenant : proof.path("tenants")) {
      behind += tenant.path("records_behind_cut").asLong();
    }
    requireSame("proved", proof.path("proved").asText(), "true");
    requireSame("cut", report.path("cut").path("hash").asText(), ReplicaHash.hex(cut.hash()));
    requireSame("records behind the cut", String.valueOf(behind), "0");
    requireSame("records", proof.path("records").asText(), String.valueOf(records()));
    Set<String> officers = new HashSet<>();
    report.path("approved_by").forEach(name -> officers.add(name.asText()));
    if (officers.size() < OFFICERS) {
      throw new RecoveryException(
          Code.SWITCH_OVER_NOT_APPROVED,
          "report: approved by "
              + officers
              + " (expected: "
              + OFFICERS
              + " different officers; `recover prove --approved-by`)");
    }
    return proof.path("records").asLong();
  }

  private void requireSame(String what, String found, String expected) throws RecoveryException {
    if (!found.equals(expected)) {
      throw new RecoveryException(
          Code.SWITCH_OVER_NOT_PROVED,
          "report: %s %s (expected: %s, as final %s says; restore and prove it)"
              .formatted(what, found, expected, words(cut)));
    }
  }

  private static String words(Cut cut) {
    return "cut " + cut.statement().getNumber();
  }

  /** The cut. */
  public Cut cut() {
    return cut;
  }

  /** All records that the site ever accepted, its predecessors' among them. */
  public long records() {
    return cut.statement().getRecords();
  }
}
