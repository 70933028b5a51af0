package govcloud.cli.local;

import java.net.InetAddress;
import java.security.Permission;

/**
 * Refuses every connection that leaves this machine, and every look-up of another machine's name;
 * allows everything else. JDK 17 asks it before each connection that the program opens.
 */
@SuppressWarnings("removal") // still the one place that JDK 17 asks; a later JDK refuses to start
final class LoopbackOnly extends SecurityManager {
  @Override
  public void checkPermission(Permission permission) {
    // Only connections matter.
  }

  @Override
  public void checkPermission(Permission permission, Object context) {
    // Only connections matter.
  }

  @Override
  public void checkConnect(String host, int port) {
    if (!isLoopback(host)) {
      throw new SecurityException("connection to " + host + " (expected: to loopback alone)");
    }
  }

  @Override
  public void checkConnect(String host, int port, Object context) {
    checkConnect(host, port);
  }

  @Override
  public void checkMulticast(InetAddress group) {
    throw new SecurityException("multicast to " + group + " (expected: none)");
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || host.equals("0:0:0:0:0:0:0:1")
        || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
