package govcloud.cli.local;

import govcloud.cli.CommandFailure;
import govcloud.cli.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;

/** Ports on the loopback address. */
final class Ports {
  private final Set<Integer> given = new HashSet<>();

  /** A port that is free now and was not given before. */
  int free() {
    try {
      while (true) {
        try (ServerSocket socket = new ServerSocket()) {
          socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
          if (given.add(socket.getLocalPort())) {
            return socket.getLocalPort();
          }
        }
      }
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCode.FAILED, "NO_PORT", "No free port on 127.0.0.1 (" + e.getMessage() + ").");
    }
  }

  /** The port, if it is free. */
  int require(int port) {
    if (!isFree(port)) {
      throw new CommandFailure(
          ExitCode.CONFLICT,
          "PORT_IN_USE",
          "Port "
              + port
              + " is in use (expected: free); stop what uses it or choose others with --port.");
    }
    given.add(port);
    return port;
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
