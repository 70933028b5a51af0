package govcloud.cli.local;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Callable;

/** Tries every way out of a JVM that has the guard, and says what came of it. */
@SuppressWarnings({"SystemOut", "removal"}) // how it speaks to the test; the guard
final class GuardedMain {
  private static final byte[] ELSEWHERE = {(byte) 192, 0, 2, 1};

  private GuardedMain() {}

  public static void main(String[] arguments) throws Exception {
    System.setSecurityManager(new LoopbackOnly());
    InetAddress far = InetAddress.getByAddress(ELSEWHERE);
    tell("socket", () -> new Socket(far, 9));
    tell("channel", () -> SocketChannel.open(new InetSocketAddress(far, 9)));
    tell(
        "http",
        () ->
            HttpClient.newHttpClient()
                .send(
                    HttpRequest.newBuilder(URI.create("http://192.0.2.1:9/")).build(),
                    BodyHandlers.discarding()));
    tell("name", () -> InetAddress.getAllByName("govcloud.example"));
    tell(
        "datagram",
        () -> {
          try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(new byte[1], 1, far, 9));
            return null;
          }
        });
    tell(
        "loopback",
        () -> {
          try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
              Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
            return socket.isConnected();
          }
        });
    System.exit(0);
  }

  private static void tell(String way, Callable<Object> use) {
    try {
      use.call();
      System.out.println(way + " answered");
    } catch (SecurityException e) {
      System.out.println(way + " refused");
    } catch (Exception e) {
      boolean refused = e.getCause() instanceof SecurityException;
      System.out.println(way + (refused ? " refused" : " failed: " + e));
    }
  }
}
