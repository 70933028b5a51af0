package govcloud.cli.local;

import java.io.IOException;

/**
 * Runs a node that cannot reach anything outside this machine, and that ends when whoever started
 * it has ended, however that happened: then its standard input ends.
 */
@SuppressWarnings("removal") // as LoopbackOnly
public final class IsolatedNodeMain {
  private static final String NODE = "govcloud.node.NodeMain";

  private IsolatedNodeMain() {}

  /** Starts it; the node's program is on the class path and unknown to this one. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    System.setSecurityManager(new LoopbackOnly());
    Thread parent = new Thread(IsolatedNodeMain::endWithParent, "parent");
    parent.setDaemon(true);
    parent.start();
    Class.forName(NODE).getMethod("main", String[].class).invoke(null, (Object) arguments);
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is said to it.
      }
    } catch (IOException gone) {
      // The same.
    }
    Runtime.getRuntime().halt(0);
  }
}
