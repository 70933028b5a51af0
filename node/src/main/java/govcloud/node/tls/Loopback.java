package govcloud.node.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells addresses that only programs of this machine reach. */
public final class Loopback {

  private Loopback() {}

  /** Whether a host name or address is one; a name that nobody knows is none. */
  public static boolean is(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
