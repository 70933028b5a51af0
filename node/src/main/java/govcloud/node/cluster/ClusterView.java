package govcloud.node.cluster;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

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
   * Adds alarms that this node raises to those that every node can tell.
   *
   * @param alarms gives those that are raised now, at once
   */
  void raising(Supplier<List<NodeAlarm>> alarms);

  /**
   * Asks every node what alarms it raises, and waits for a second; never fails. The same whichever
   * node is asked.
   */
  CompletionStage<ToldAlarms> alarms();

  /**
   * Something that a node raises an alarm about.
   *
   * @param kind stable
   * @param subject what it is about
   * @param detail what was seen last
   * @param since when that node saw it first
   */
  record NodeAlarm(String kind, String subject, String detail, Instant since) {}

  /**
   * What the nodes told.
   *
   * @param byNode alarms by the name of the node that raises them; of a node that did not answer,
   *     what it told last
   * @param silent names of the members that did not answer in time
   */
  record ToldAlarms(SortedMap<String, List<NodeAlarm>> byNode, List<String> silent) {
    /** Keeps copies. */
    public ToldAlarms {
      byNode = new TreeMap<>(byNode);
      silent = List.copyOf(silent);
    }
  }

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
