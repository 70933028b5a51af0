package govcloud.node.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells addresses that only programs of this machine reach. */
public final class Loopback {

  private Loopback() {}

  /** Whether a host name or address is one; a name that nobody knows, or none, is not. */
  public static boolean is(String host) {
    if (host == null || host.isBlank()) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
