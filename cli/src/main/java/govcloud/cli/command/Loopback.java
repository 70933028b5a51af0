package govcloud.cli.command;

import java.net.URI;
import java.util.Set;

/** Addresses of this machine: nobody else is on that line, so TLS may be missing there. */
public final class Loopback {
  private static final Set<String> HOSTS = Set.of("127.0.0.1", "localhost", "[::1]");

  private Loopback() {}

  /** Whether an address names this machine; one without a host names none. */
  public static boolean is(URI address) {
    return HOSTS.contains(String.valueOf(address.getHost()));
  }
}
