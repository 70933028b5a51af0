package govcloud.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A listener that is added is seen, wherever it is and whatever it speaks. */
class OutsideScanTest {
  private static final ProcessHandle SELF = ProcessHandle.current();

  private static List<String> findings(OutsideScan scan, int port) throws IOException {
    return scan.findings(List.of(SELF)).stream()
        .filter(finding -> finding.contains("port " + port + ":"))
        .map(finding -> finding.substring(finding.lastIndexOf(": ") + 2))
        .toList();
  }

  @Test
  void listener_onLoopback_isAFindingUnlessItIsIntended() throws IOException {
    try (ServerSocket added = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = added.getLocalPort();
      closing(added);
      assertThat(findings(new OutsideScan(), port)).containsExactly("not intended");
      assertThat(findings(new OutsideScan().intend(SELF.pid(), Set.of(port)), port)).isEmpty();
    }
  }

  @Test
  void listener_thatOtherMachinesReach_isAFindingEvenIfItIsIntended() throws IOException {
    try (ServerSocket added = new ServerSocket(0)) {
      int port = added.getLocalPort();
      closing(added);
      assertThat(findings(new OutsideScan().intend(SELF.pid(), Set.of(port)), port))
          .containsExactly("reached from other machines");
    }
  }

  @Test
  void intended_thatNobodyListensAt_orIsNotLookedAt_isAFinding() throws IOException {
    assertThat(findings(new OutsideScan().intend(SELF.pid(), Set.of(1)), 1))
        .containsExactly("nobody listens");
    assertThat(new OutsideScan().intend(2, Set.of(7)).findings(List.of()))
        .containsExactly("process 2, port 7: nobody listens");
  }

  @Test
  void plainText_isAFindingEvenIfTheListenerIsIntended() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    http.start();
    try {
      int port = http.getAddress().getPort();
      assertThat(findings(new OutsideScan().intend(SELF.pid(), Set.of(port)), port))
          .containsExactly("HTTP in plain text");
    } finally {
      http.stop(0);
    }
  }

  /** Takes whoever calls and hangs up. */
  private static void closing(ServerSocket listener) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  listener.accept().close();
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }
}
