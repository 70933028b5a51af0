package govcloud.node;

import govcloud.node.http.Routes;

/**
 * One thing that a node can do: a noun with its read models, reactions and routes. All features are
 * listed in {@link NodeFeatures}, nowhere else.
 */
public interface NodeFeature {

  /** A short name for logs, such as {@code tenant}. */
  String name();

  /**
   * Starts projections, reactions and other actors. Called once on every node, after it has joined
   * and before it listens; must not block longer than a statement takes.
   */
  default void start(NodeContext context) {}

  /**
   * Adds what the noun answers to which operation of {@code openapi.yaml}. Called once, after
   * start.
   */
  default void routes(NodeContext context, Routes routes) {}
}
