package govcloud.node.cluster;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The cluster as this node sees it. */
public interface ClusterView {

  /** Name of this node. */
  String self();

  /** The present members and what they host; never fails, may be some hundred milliseconds old. */
  CompletionStage<ClusterState> state();

  /**
   * Lets a node hand over everything it hosts and leave.
   *
   * @return true when the node is known and has been told
   */
  CompletionStage<Boolean> drain(String node);

  /** Whether this node is on its way out: answers should ask clients to close their connections. */
  boolean draining();

  /**
   * Members and allocation.
   *
   * @param slices how many slices the cloud has
   * @param unallocated slices without a host, with the time since when
   */
  record ClusterState(List<Node> nodes, int slices, List<Unallocated> unallocated) {}

  /**
   * One member.
   *
   * @param name unique in the cloud, such as {@code node-1}
   * @param address remoting address
   * @param status {@code joining, up, leaving, exiting, down} or {@code unreachable}
   * @param version of the program
   * @param slices that it hosts
   * @param http base URL of its API, or an empty string as long as it is not known
   */
  record Node(
      String name,
      String address,
      String status,
      String version,
      List<Integer> slices,
      String http) {}

  /** A slice that no node hosts. */
  record Unallocated(int slice, Instant since) {}
}
