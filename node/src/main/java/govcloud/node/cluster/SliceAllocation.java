package govcloud.node.cluster;

import govcloud.node.cluster.ClusterView.Unallocated;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which node hosts which slice, and since when a slice has no host. Not thread-safe. */
final class SliceAllocation {

  private final int slices;
  private final Map<Integer, Instant> missingSince = new TreeMap<>();
  private Map<Integer, String> hosts = Map.of();

  SliceAllocation(int slices) {
    this.slices = slices;
  }

  /** Takes note of the hosts by slice that were seen at an instant. */
  void seen(Map<Integer, String> hostsBySlice, Instant now) {
    hosts = Map.copyOf(hostsBySlice);
    for (var slice = 0; slice < slices; slice++) {
      if (hosts.containsKey(slice)) {
        missingSince.remove(slice);
      } else {
        missingSince.putIfAbsent(slice, now);
      }
    }
  }

  /** The slices that a node hosts, in order. */
  List<Integer> hostedBy(String address) {
    var hosted = new ArrayList<Integer>();
    hosts.forEach(
        (slice, host) -> {
          if (host.equals(address)) {
            hosted.add(slice);
          }
        });
    return hosted.stream().sorted().toList();
  }

  /** Slices without a host, in order. */
  List<Unallocated> missing() {
    return missingSince.entrySet().stream()
        .map(entry -> new Unallocated(entry.getKey(), entry.getValue()))
        .toList();
  }
}
