package govcloud.faultlab.checker;

import java.util.List;
import java.util.Map;

/**
 * What a run left in the sibling's archive.
 *
 * @param findings of the verifier of replicas
 * @param log all slices, opened with the recovery key
 * @param there for each acknowledged change of which nothing may be lost, up to which offset,
 *     excluded, the sibling had its slice at that moment; negative: the answer did not promise it
 * @param late what had not arrived in time after a round of faults
 */
public record SiblingCopy(
    List<String> findings, List<LogRow> log, Map<String, Long> there, List<String> late) {

  /** Keeps its own copies. */
  public SiblingCopy {
    findings = List.copyOf(findings);
    log = List.copyOf(log);
    there = Map.copyOf(there);
    late = List.copyOf(late);
  }
}
